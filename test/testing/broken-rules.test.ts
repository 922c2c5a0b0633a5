import test, { type ExecutionContext } from 'ava';
import { assertLaws, assertRobust, BrokenRuleError, type Counterexample } from '../../src/testing/index.js';
import { krumWithItself, lowerMedian, middleMedian, plainMean, wholeCtma } from './broken-rules.js';

/** What an assertion finds. */
const caught = (t: ExecutionContext, assertion: () => void): BrokenRuleError =>
  t.throws(assertion, { instanceOf: BrokenRuleError });

const sizes = ({ counterexamples }: BrokenRuleError): readonly number[] =>
  counterexamples.map(({ configuration }) => configuration.vectors.length);

const words = (found: readonly Counterexample[]): readonly string[] => found.map(({ law }) => law.id);

/** Krum's constant, as published for n − f − 1 neighbours. */
const ofKrum = (lambda: number): number => (6 * (1 - lambda)) / (1 - 2 * lambda);

test('a Krum that forgets to leave the vector itself out is caught with three vectors', (t) => {
  const error = caught(t, () => assertRobust(krumWithItself, { lambda: 1 / 3, weights: 'equal', constant: ofKrum }));
  t.deepEqual(sizes(error), [3]);
  t.true(error.message.includes('the error is within 12 times the honest variance'), error.message);
});

test('a median that takes the lower element at a tie is caught with two vectors', (t) => {
  const error = caught(t, () => assertLaws(lowerMedian));
  t.deepEqual(words(error.counterexamples), ['negation']);
  t.deepEqual(error.counterexamples[0]!.configuration.vectors, [[0], [1]]);
  t.deepEqual(error.counterexamples[0]!.configuration.weights, [1, 1]);
});

test('a CTMA that drops the partial weight is caught with three vectors', (t) => {
  const error = caught(t, () => assertLaws(wholeCtma, { lambda: 0.3 }));
  t.deepEqual(words(error.counterexamples), ['permutation', 'copies', 'merging']);
  t.true(Math.max(...sizes(error)) <= 3, error.message);
});

test('the plain mean is caught with two vectors', (t) => {
  const error = caught(t, () => assertRobust(plainMean, { lambda: 0.3, constant: (lambda) => 1 / (1 - 2 * lambda) }));
  t.deepEqual(sizes(error), [2]);
  t.deepEqual(error.counterexamples[0]!.configuration.byzantine, [false, true]);
});

test('a constant a little too small is caught, the right one isn’t', (t) => {
  t.deepEqual(sizes(caught(t, () => assertRobust(middleMedian, { lambda: 0.3, constant: 2.45 }))), [3]);
  t.notThrows(() => assertRobust(middleMedian, { lambda: 0.3, constant: 2.5 }));
});

test('a sound median obeys all usual laws', (t) => {
  t.notThrows(() => assertLaws(middleMedian, { lambda: 0.3, constant: 2.5 }));
});
