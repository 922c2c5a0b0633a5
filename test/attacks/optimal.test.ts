import test from 'ava';
import { empire, labelFlip, little, momentumTailored, none, optimal, signFlip } from '../../src/attacks/index.js';
import { gridSize, strengthGrid } from '../../src/attacks/optimal.js';
import type { AttackView, Defence } from '../../src/attacks/attack.js';
import { lie, view } from './cases.js';

/** A rule of one dimension, as a function of the lie. */
const against = (rule: (lie: number) => number, tried: number[] = []): AttackView => ({
  ...view([[1], [3]], [1, 1], 1),
  defence: {
    aggregate(one, out) {
      tried.push(one[0]!);
      out[0] = rule(one[0]!);
    },
  } satisfies Defence,
});

test('the grid is 1, 2, 1/2, 4, 1/4, …, or each with its opposite', (t) => {
  t.deepEqual(strengthGrid(7), [1, 2, 0.5, 4, 0.25, 8, 0.125]);
  t.deepEqual(strengthGrid(9, true), [1, -1, 2, -2, 0.5, -0.5, 4, -4, 0.25]);
  t.deepEqual([1, 2, 3, 16].map(gridSize), [1, 1, 2, 8]);
});

test('against a mean that follows the lie, the farthest of the grid, and farther still', (t) => {
  // μ = 2 and v_1 = 1, so that v_s = 2 − s: the best of either grid is 4, from where s goes on by steps of 2.
  const tried: number[] = [];
  t.deepEqual(
    lie(
      optimal({ attack: little({ z: 1 }), evaluations: 16, negative: true }),
      against((x) => x, tried),
      [9],
    ),
    [-18],
  );
  t.deepEqual(tried, [1, 3, 0, 4, 1.5, 2.5, -2, 6, -4, -6, -8, -10, -12, -14, -16, -18]);
});

test('against a rule that trims what is farther than 1.5 from 2, what is just nearer', (t) => {
  const trimming = (x: number): number => (Math.abs(x - 2) > 1.5 ? 2 : x);
  const [sent] = lie(optimal({ attack: little({ z: 1 }), evaluations: 40 }), against(trimming), [9]);
  // s = 1 moves it by 1, and s = 2 not at all.
  t.true(sent! >= 0.5 && sent! < 0.52, `${sent}`);
});

test('a result that isn’t finite is as far as can be, and the first of these is taken', (t) => {
  const breaking = (x: number): number => (x === 4 ? NaN : x < -1 ? Infinity : x);
  t.deepEqual(lie(optimal({ attack: little({ z: 1 }), negative: true }), against(breaking), [9]), [4]);
});

test('where nothing moves the rule, and with a single evaluation, what the other attack sends', (t) => {
  for (const [evaluations, rule] of [
    [16, () => 2],
    [1, (x: number) => x],
  ] as const)
    // prettier-ignore
    t.deepEqual(lie(optimal({ attack: empire(), evaluations }), against(rule), [9]), [-0.2]);
});

test('before an honest vector is at the server, what the other attack sends', (t) => {
  t.deepEqual(lie(optimal({ attack: signFlip() }), view([], [], 1), [7]), [-7]);
});

test('the rule is tried as often as was said', (t) => {
  for (let evaluations = 1; evaluations <= 40; evaluations++) {
    const tried: number[] = [];
    lie(
      optimal({ attack: empire(), evaluations }),
      against((x) => Math.abs(x), tried),
      [9],
    );
    t.is(tried.length, evaluations);
  }
});

test('it needs the worker’s own vector where the other attack does', (t) => {
  for (const [attack, needsOwn] of [
    [little(), false],
    [signFlip(), true],
    [none(), true],
  ] as const) {
    // prettier-ignore
    const made = optimal({ attack });
    t.true(made.kind === 'vector' && made.needsOwn === needsOwn && made.knowledge === 'defence');
  }
});

test('refused: attacks on labels or gradients, and evaluations out of their range', (t) => {
  t.throws(() => optimal({ attack: labelFlip() }), { message: /^optimal works on .* falsifies labels is given$/ });
  t.throws(() => optimal({ attack: momentumTailored() }), { message: /falsifies gradients is given$/ });
  for (const evaluations of [0, 1.5, 257])
    t.throws(() => optimal({ attack: little(), evaluations }), { message: new RegExp(`got ${evaluations}$`) });
});

test('the other side of the honest mean is tried only where it is allowed', (t) => {
  const further = (x: number): number => (x > 2 ? 2 + 10 * (x - 2) : x);
  for (const negative of [false, true]) {
    const tried: number[] = [];
    lie(optimal({ attack: little({ z: 1 }), evaluations: 30, negative }), against(further, tried), [9]);
    t.is(
      tried.some((x) => x > 2),
      negative,
    );
  }
});
