import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { ctma } from '../../src/weighted/ctma.js';
import { fltrust } from '../../src/weighted/fltrust.js';
import { aggregate, agree, anyCase, dot, integerCase, longest, norm, sum, type Case } from '../laws/cases.js';
import { line } from './line.js';

/** The result where `trusted` is trusted. */
const trusting = ({ vectors, weights }: Case, trusted?: readonly number[]): number[] => {
  const shape = { count: vectors.length, dimension: vectors[0]!.length };
  const out = new Float64Array(shape.dimension).fill(5);
  fltrust()(shape)({ ...shape, vectors, weights, trusted }, out);
  return [...out];
};

/** The definition. */
const slow = ({ vectors, weights }: Case, g: readonly number[]): number[] => {
  const scores = vectors.map((x, i) => weights[i]! * Math.max(0, dot(x, g) / norm(x) / norm(g) || 0));
  if (!(sum(scores) > 0)) return g.map(() => 0);
  return g.map((_, k) => sum(vectors.map((x, i) => (norm(x) > 0 ? (scores[i]! * norm(g) * x[k]!) / norm(x) : 0))) / sum(scores)); // prettier-ignore
};

test('of three vectors, one across and one against the trusted one, only what points its way counts, at its length', (t) => {
  // Scores 1, 3/5, 0, 0; lengths 2.
  const each = { vectors: [[2, 0], [30, 40], [0, 7], [-9, 1]], weights: [1, 1, 1, 1] }; // prettier-ignore
  t.true(agree(trusting(each, [2, 0]), [(2 + 0.6 * 1.2) / 1.6, (0.6 * 1.6) / 1.6], 1e-3));
  t.true(agree(trusting({ ...each, weights: [3, 5, 1, 1] }, [2, 0]), [(6 + 3 * 1.2) / 6, (3 * 1.6) / 6], 1e-3));
});

testProp(
  'the result is the one of the definition',
  [anyCase, anyCase],
  (t, each, { vectors: [other] }) => {
    const g = each.vectors[0]!.map((_, k) => other![k % other!.length]!);
    // Where all scores are rounding of 0 there is nothing to compare.
    fc.pre(each.vectors.every((x) => dot(x, g) === 0 || Math.abs(dot(x, g)) > 1e-9 * norm(x) * norm(g)));
    t.true(agree(trusting(each, g), slow(each, g), longest(each) + norm(g)));
  },
  { numRuns: 1000 },
);

testProp('it is no longer than the trusted vector and to its side, whoever lies', [anyCase], (t, each) => {
  const [g] = each.vectors;
  const result = trusting(each, g);
  t.true(norm(result) <= norm(g!) * (1 + 1e-9) && dot(result, g!) >= 0);
});

testProp('whole weights are copies', [integerCase], (t, each) => {
  const copies = each.vectors.flatMap((x, i) => Array.from({ length: each.weights[i]! }, () => x));
  const [g] = each.vectors;
  t.true(agree(trusting(each, g), trusting({ vectors: copies, weights: copies.map(() => 1) }, g), longest(each)));
});

test('where nobody is trusted, or what is trusted tells nothing, the result is 0', (t) => {
  const each = { vectors: [[1, 2], [3, 4]], weights: [1, 1] }; // prettier-ignore
  for (const trusted of [undefined, [0, 0], [NaN, 1], [Infinity, 1], [-1, -1]])
    t.deepEqual(trusting(each, trusted), [0, 0], trusted?.join(' '));
});

test('vectors that are 0 or not finite have no score', (t) => {
  t.deepEqual(trusting({ vectors: [[3], [0], [NaN], [Infinity]], weights: [1, 9, 9, 9] }, [3]), [3]);
});

test('an operator hands the trusted vector on', (t) => {
  t.deepEqual(aggregate(ctma({ lambda: 0.2 })(fltrust()), line([2, 2, 2, 2, -90])), [2]);
});

test('only workers can be trusted', (t) => {
  for (const trusted of [0, 1.5, -1, NaN])
    t.throws(() => fltrust({ trusted }), {
      instanceOf: RangeError,
      message: `fltrust.trusted: workers are numbered from 1, got ${trusted}`,
    });
  t.throws(() => fltrust({ trusted: 4 })({ count: 3, dimension: 1 }), {
    instanceOf: RangeError,
    message: 'fltrust.trusted: it is one of 3 workers, got 4',
  });
  t.notThrows(() => fltrust({ trusted: 3 })({ count: 3, dimension: 1 }));
});
