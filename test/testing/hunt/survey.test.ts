import test from 'ava';
import { seededRandom } from '../../../src/random/index.js';
import { boundsOf } from '../../../src/testing/bounds.js';
import { isConfiguration } from '../../../src/testing/configuration.js';
import { counterexampleTo } from '../../../src/testing/hunt/counterexample.js';
import {
  firstBroken,
  survey,
  type Finding,
  type Grid,
  type Progress,
  type Surveyed,
} from '../../../src/testing/hunt/survey.js';
import { aggregatorRule } from '../../../src/testing/tested-rule.js';
import { weightedMean, weightedMedian, type AggregatorRule } from '../../../src/weighted/index.js';

const grid: Grid = { lambdas: [0.2, 0.4], workers: [3, 4], dimensions: [1, 2], runs: 2, tries: 300 };

const subjectOf = (name: string, rule: AggregatorRule, bounds: Surveyed['bounds'] = []): Surveyed => ({
  name,
  bounds,
  told: () => Promise.resolve({ rule, byzantine: undefined }),
});

const all = async (subject: Surveyed, where = grid): Promise<readonly Progress[]> => {
  const steps: Progress[] = [];
  for await (const step of survey(subject, where, seededRandom(3))) steps.push(step);
  return steps;
};

const findingsOf = (steps: readonly Progress[]): readonly Finding[] =>
  steps.filter(({ complete }) => complete).map(({ current }) => current);

test('every cell of the grid is searched, whatever else is in the grid', async (t) => {
  const subject = subjectOf('cwmed', weightedMedian(), boundsOf({ kind: 'cwmed' }));
  const steps = await all(subject);
  // Each of 16 searches of 300 tries pauses before every 16th.
  t.is(steps.length, 16 * (19 + 1));
  t.deepEqual(
    steps.map(({ done, total }) => [done, total]),
    steps.map((_, i) => [Math.floor((i + 1) / 20), 16]),
  );
  const findings = findingsOf(steps);
  t.deepEqual(
    findings.map(({ lambda, workers, runs }) => [lambda, workers, runs]),
    [
      [0.2, 3, 4],
      [0.2, 4, 4],
      [0.4, 3, 4],
      [0.4, 4, 4],
    ],
  );
  const alone = findingsOf(await all(subject, { ...grid, lambdas: [0.4], workers: [4] }));
  t.deepEqual(alone, [findings[3]!]);
  t.is(firstBroken(findings, subject), undefined);
});

test('the mean is broken by two vectors', async (t) => {
  const subject = subjectOf('mean', weightedMean());
  const broken = firstBroken(findingsOf(await all(subject)), subject)!;
  const { configuration, ratio, table, test: text } = counterexampleTo(broken, 'mean', { rule: weightedMean() });
  t.is(configuration.vectors.length, 2);
  t.true(isConfiguration(configuration));
  t.is(ratio, Infinity);
  t.regex(table, /^honest +\S+ +\S+$/m);
  t.regex(table, /^Byzantine +\S+ +\S+$/m);
  t.true(text.includes('assertRobustAt(rule, configuration, 1000000);'));
});

test('a median that is told to keep a bound it can’t is broken, by at most four vectors', async (t) => {
  const bounds = [{ ...boundsOf({ kind: 'cwmed' })[0]!, value: () => 1 }];
  const subject = subjectOf('cwmed', weightedMedian(), bounds);
  const broken = firstBroken(findingsOf(await all(subject)), subject)!;
  const { configuration, ratio, again } = counterexampleTo(broken, 'cwmed', { rule: weightedMedian() });
  t.true(configuration.vectors.length <= 4 && ratio > 1 && again);
});

test('a result that is not finite is an error without bound', async (t) => {
  const broken = aggregatorRule((vectors: number[][], weights: number[]) => [
    NaN,
    ...vectors[0]!.slice(weights.length),
  ]);
  const findings = findingsOf(await all(subjectOf('nan', broken), { ...grid, dimensions: [1] }));
  t.true(findings.every(({ ratio }) => ratio === Infinity));
});

test('cells that can’t hold a liar are passed over', async (t) => {
  const subject: Surveyed = {
    ...subjectOf('cwmed', weightedMedian()),
    told: (_, workers) => Promise.resolve(workers === 3 ? undefined : { rule: weightedMedian(), byzantine: 1 }),
  };
  const findings = findingsOf(await all(subject));
  t.deepEqual(
    findings.map(({ lambda, workers }) => [lambda, workers]),
    [
      [0.25, 4],
      [0.25, 4],
    ],
  );
});
