import test from 'ava';
import fc from 'fast-check';
import { Datagrams, type DatagramRule, type Holes } from '../../src/engine/datagrams.js';
import { plainKernels } from '../../src/kernels/plain/plain-kernels.js';
import type { Precision } from '../../src/kernels/vector.js';
import { seededRandom } from '../../src/random/index.js';

interface Link extends Partial<DatagramRule> {
  readonly dimension: number;
  readonly precision?: Precision;
  readonly parts?: number;
  readonly used?: number;
  readonly messageBytes?: number;
}

/** One worker's messages by datagrams, by themselves: with seed 1. */
const linkOf = ({ dimension, precision = 'float64', parts = 1, used = 1, messageBytes, ...rest }: Link) => {
  const datagrams: DatagramRule = { lossy: Uint8Array.of(1), loss: 0.5, fragment: 8, holes: 'nan', ...rest };
  const plan = { random: seededRandom(1), datagrams, messageBytes };
  const { memory } = plainKernels();
  return new Datagrams(datagrams, plan, { dimension, precision, memory, parts, used: () => used });
};

/** A message of 1, 2, 3, … times `by` sent: what came of it. */
const sent = (link: Datagrams, length: number, by = 1) => {
  const message = Float64Array.from({ length }, (_, i) => by * (i + 1));
  link.assigned(0);
  const incomplete = link.leaves(0);
  return { incomplete, dropped: link.drops(0), missing: link.fill(0, message), message };
};

/** Which numbers are missing if fragments are lost with these draws: by looking at each of so many bytes. */
const missingByBytes = (numbers: number, bytes: number, fragment: number, loss: number, draws: () => number) => {
  const lost = Array.from({ length: Math.ceil((numbers * bytes) / fragment) }, () => draws() < loss);
  return Array.from({ length: numbers }, (_, i) =>
    Array.from({ length: bytes }, (_unused, b) => Math.floor((i * bytes + b) / fragment)).some((k) => lost[k]),
  );
};

const shape = fc.record({
  numbers: fc.integer({ min: 1, max: 40 }),
  fragment: fc.integer({ min: 1, max: 70 }),
  loss: fc.double({ min: 0, max: 1, noNaN: true }),
  // Bytes of a number on the network: those of its precision, or others.
  bytes: fc.constantFrom(undefined, 1, 3, 12),
});

test('a number is missing if one of its bytes is in a lost fragment, and only then', (t) => {
  fc.assert(
    fc.property(shape, ({ numbers, fragment, loss, bytes }) => {
      const messageBytes = bytes === undefined ? {} : { messageBytes: bytes * numbers };
      const { incomplete, missing, message } = sent(
        linkOf({ dimension: numbers, fragment, loss, ...messageBytes }),
        numbers,
      );
      const draws = seededRandom(1).fork('worker 1/datagrams');
      const expected = missingByBytes(numbers, bytes ?? 8, fragment, loss, () => draws.next());
      t.deepEqual([...message].map(Number.isNaN), expected);
      t.is(missing, expected.filter((is) => is).length || undefined);
      t.is(incomplete, missing !== undefined);
    }),
  );
});

test('what isn’t lost is as it was sent', (t) => {
  const { message } = sent(linkOf({ dimension: 50 }), 50);
  message.forEach((value, i) => t.true(Number.isNaN(value) || value === i + 1));
});

test('the share of fragments that is lost is that which the scenario says', (t) => {
  const link = linkOf({ dimension: 100, loss: 0.07 });
  let missing = 0;
  for (let k = 0; k < 1000; k++) missing += sent(link, 100).missing ?? 0;
  // A binomial law of 100,000 draws: five of its deviations.
  t.true(Math.abs(missing - 7000) < 5 * Math.sqrt(100_000 * 0.07 * 0.93), String(missing));
});

test('a larger loss loses the same fragments and more', (t) => {
  const lost = (loss: number) => [...sent(linkOf({ dimension: 200, loss }), 200).message].map(Number.isNaN);
  const [few, many] = [lost(0.1), lost(0.3)];
  t.true(few.every((is, i) => !is || many[i]));
  t.true(many.filter((is) => is).length > few.filter((is) => is).length);
});

test('holes are filled with the same numbers of the message before, as the server held it; with NaN before the first', (t) => {
  const link = linkOf({ dimension: 60, loss: 0.4, holes: 'previous' });
  const draws = seededRandom(1).fork('worker 1/datagrams');
  let held = new Array<number>(60).fill(NaN);
  for (let k = 1; k <= 20; k++) {
    const lost = missingByBytes(60, 8, 8, 0.4, () => draws.next());
    held = held.map((value, i) => (lost[i] ? value : k * (i + 1)));
    t.deepEqual([...sent(link, 60, k).message], held);
  }
  t.false(held.some(Number.isNaN));
});

test('random holes are standard normal, from a stream of their own', (t) => {
  const values: number[] = [];
  const link = linkOf({ dimension: 100, loss: 1, holes: 'random' });
  for (let k = 0; k < 100; k++) values.push(...sent(link, 100).message);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
  t.true(Math.abs(mean) < 5 / 100 && Math.abs(variance - 1) < 5 * Math.sqrt(2 / 10_000), `${mean}, ${variance}`);
  const lostOf = (holes: Holes) => {
    const one = linkOf({ dimension: 100, holes });
    sent(one, 100);
    return sent(one, 100).missing;
  };
  t.is(lostOf('random'), lostOf('nan'));
});

test('a message that is to be dropped is told as such if anything is missing, and only then', (t) => {
  const link = linkOf({ dimension: 3, loss: 0.3, holes: 'drop' });
  const seen = new Set<boolean>();
  for (let k = 0; k < 50; k++) {
    const { dropped, incomplete } = sent(link, 3);
    t.is(dropped, incomplete);
    seen.add(dropped);
  }
  t.is(seen.size, 2);
});

test('of a message with room for three vectors that has two, those are cut', (t) => {
  const { message, missing } = sent(linkOf({ dimension: 10, parts: 3, used: 2, loss: 1, fragment: 30 }), 30);
  t.is(missing, 20);
  t.deepEqual([...message].map(Number.isNaN), [
    ...new Array<boolean>(20).fill(true),
    ...new Array<boolean>(10).fill(false),
  ]);
});

test('numbers of float32 have four bytes; messages of no bytes lose nothing', (t) => {
  const lostOf = (more: Partial<Link>) => linkOf({ dimension: 10, loss: 1, fragment: 20, ...more });
  const first = (link: Datagrams) => {
    link.assigned(0);
    return link.leaves(0);
  };
  const narrow = lostOf({ precision: 'float32' });
  t.true(first(narrow));
  t.is(narrow.fill(0, new Float32Array(10)), 10);
  t.false(first(lostOf({ messageBytes: 0 })));
});
