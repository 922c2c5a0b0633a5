import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import {
  conditional,
  empire,
  labelFlip,
  little,
  mixture,
  none,
  scaled,
  signFlip,
  silent,
} from '../../src/attacks/index.js';
import type { AttackRule, AttackView } from '../../src/attacks/attack.js';
import { apportion } from '../../src/attacks/mixture.js';
import { lie, view } from './cases.js';

const seen = (more: Partial<AttackView>): AttackView => ({ ...view([[1], [3]], [1, 1], 1), ...more });

const seatsOf = (shares: readonly number[], total: number): number[] => {
  const seats = new Int32Array(shares.length);
  apportion(shares, total, seats);
  return [...seats];
};

test('five in halves are three and two, and ten in shares of 0.47, 0.16, 0.37 are 5, 1 and 4', (t) => {
  t.deepEqual(seatsOf([0.5, 0.5], 5), [3, 2]);
  // Quotas 4.7, 1.6, 3.7: one each of the two with 0.7.
  t.deepEqual(seatsOf([0.47, 0.16, 0.37], 10), [5, 1, 4]);
  t.deepEqual(seatsOf([0.1, 0.2, 0.7], 10), [1, 2, 7]);
});

testProp(
  'seats sum to the total, and each share has its quota, rounded down or up',
  [fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }), fc.nat({ max: 40 })],
  (t, parts, total) => {
    const sum = parts.reduce((all, part) => all + part, 0);
    const seats = seatsOf(parts.map((part) => part / sum), total); // prettier-ignore
    t.is(seats.reduce((all, seat) => all + seat, 0), total); // prettier-ignore
    seats.forEach((seat, i) => t.true(Math.abs(seat - (parts[i]! / sum) * total) < 1));
  },
);

/** Sends its place and the number of liars. */
const place: AttackRule = {
  ...{ kind: 'vector', knowledge: 'own', needsOwn: false },
  attack:
    () =>
    ({ place: at, liars }, out) =>
      void (out[0] = 10 * liars + at),
};

test('the first so many by their places do the first, and each sees its place in its part', (t) => {
  const halves = mixture({ attacks: [{ attack: place, share: 0.5 }, { attack: place, share: 0.5 }] }); // prettier-ignore
  t.deepEqual([0, 1, 2, 3, 4].map((at) => lie(halves, seen({ place: at, liars: 5 }), [0])[0]), [30, 31, 32, 20, 21]); // prettier-ignore
  const nested = mixture({ attacks: [{ attack: signFlip(), share: 0.5 }, { attack: halves, share: 0.5 }] }); // prettier-ignore
  t.deepEqual([0, 1, 2, 3].map((at) => lie(nested, seen({ place: at, liars: 4 }), [7])[0]), [-7, -7, 10, 10]); // prettier-ignore
});

test('it asks for what its parts ask for', (t) => {
  const made = mixture({ attacks: [{ attack: signFlip(), share: 0.5 }, { attack: little(), share: 0.5 }] }); // prettier-ignore
  t.like(made, { knowledge: 'honest', needsOwn: true, silent: undefined });
});

test('half of them silent', (t) => {
  const made = mixture({ attacks: [{ attack: little(), share: 0.5 }, { attack: silent(), share: 0.5 }] }); // prettier-ignore
  const silence = made.kind === 'vector' ? made.silent!() : () => true;
  t.deepEqual([0, 1].map((at) => silence(seen({ place: at, liars: 2 }))), [false, true]); // prettier-ignore
});

test('refused: shares that don’t sum to 1, and attacks on labels', (t) => {
  t.throws(() => mixture({ attacks: [{ attack: little(), share: 0.5 }] }), {
    message: /sum to 1 are needed, got 0\.5$/,
  });
  t.throws(() => mixture({ attacks: [{ attack: labelFlip(), share: 1 }] }), { message: /^mixture works on / });
});

const progress = (norm: number) => ({ norm, model: [0], start: [0] });

test('conditional does one thing while its condition holds, and another, or nothing, while it doesn’t', (t) => {
  const when = ({ step, time, norm }: Readonly<Record<string, number>>): number =>
    Number(step! > 5 && time! > 9 && norm! < 1);
  const at = (step: number, time: number, norm: number): AttackView => seen({ step, time, progress: progress(norm) });
  const made = conditional({ attack: signFlip(), when });
  t.deepEqual(lie(made, at(6, 10, 0.5), [7]), [-7]);
  for (const [step, time, norm] of [
    [5, 10, 0.5],
    [6, 9, 0.5],
    [6, 10, 1],
  ] as const) {
    // prettier-ignore
    t.deepEqual(lie(made, at(step, time, norm), [7]), [7]);
    t.deepEqual(
      lie(conditional({ attack: none(), when, otherwise: empire({ epsilon: 1 }) }), at(step, time, norm), [7]),
      [-2],
    );
  }
  const mute = conditional({ attack: silent(), when });
  const silence = mute.kind === 'vector' ? mute.silent!() : () => true;
  t.deepEqual([at(6, 10, 0), at(0, 0, 0)].map((moment) => silence(moment)), [true, false]); // prettier-ignore
});

test('scaled moves what another attack sends to or from the honest mean', (t) => {
  const strength = ({ step }: Readonly<Record<string, number>>): number => step! / 10;
  const made = scaled({ attack: signFlip(), strength });
  // μ = 2, and the worker's own vector is 7.
  for (const [step, sent] of [
    [0, 2],
    [10, -7],
    [20, -16],
    [5, -2.5],
  ] as const)
    // prettier-ignore
    t.deepEqual(lie(made, seen({ step, progress: progress(0) }), [7]), [sent]);
  t.deepEqual(lie(made, { ...view([], [], 1), step: 20, progress: progress(0) }, [7]), [-14], 'no mean is 0');
});

test('a formula that gives no number is told', (t) => {
  t.throws(() => scaled({ attack: signFlip(), strength: NaN }), { message: /^strength is NaN; it must be finite$/ });
  t.throws(() => conditional({ attack: signFlip(), when: 'step > 1' }), { instanceOf: TypeError });
});
