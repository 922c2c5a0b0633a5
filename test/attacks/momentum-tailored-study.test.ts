import test from 'ava';
import { readScenario } from '../../src/cli/read-scenario.js';
import { simulate } from '../../src/engine/simulate.js';
import { buildRun } from '../../src/scenario/build.js';
import { resolveSource } from '../../src/scenario/resolve.js';
import { parseOverride } from '../../src/scenario/overrides.js';

/** The 97.5 % quantile of Student's t with 9 degrees of freedom. */
const T9 = 2.262;

/** The mean error of the last ten measurements of each of the study's runs, and how often somebody turned, with this seed. */
const errorsOf = async (seed: number): Promise<Readonly<Record<string, { error: number; turns: number }>>> => {
  const source = await readScenario('scenarios/attacks/momentum-tailored.yaml');
  const outcomes: Record<string, { error: number; turns: number }> = {};
  for (const { label, scenario } of resolveSource(source, [parseOverride(`seed=${seed}`)])) {
    const { plan, protocol } = await buildRun(scenario, { directory: '/nowhere' });
    const errors: number[] = [];
    let turns = 0;
    simulate(plan, protocol).subscribe((event) => {
      if (event.kind === 'evaluated') errors.push(event.scores.error!);
      if (event.kind === 'turned') turns += 1;
    });
    outcomes[label] = { error: errors.slice(-10).reduce((sum, error) => sum + error / 10, 0), turns };
  }
  return outcomes;
};

/** The interval of the mean with 95 % confidence, of ten values. */
const intervalOf = (values: readonly number[]): readonly [number, number] => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const half = T9 * Math.sqrt(variance / values.length);
  return [mean - half, mean + half];
};

test('the momentum-tailored attack makes worker momentum clearly worse than plain SGD, over ten seeds', async (t) => {
  const seeds = await Promise.all(Array.from({ length: 10 }, (_, i) => errorsOf(i + 1)));
  const of = (label: string): readonly [number, number] =>
    intervalOf(seeds.map((outcomes) => Math.log10(outcomes[label]!.error)));
  const told = (label: string): string => of(label).map((end) => (10 ** end).toPrecision(3)).join(' to '); // prettier-ignore
  const names = Object.keys(seeds[0]!);
  for (const name of names) t.log(`${name || 'momentum'}: error ${told(name)}`);
  // As many change their identity in either: three of nine every ten of 1,500 steps, each for another.
  for (const outcomes of seeds) {
    t.is(outcomes['']!.turns, outcomes.SGD!.turns);
    t.true(outcomes['']!.turns >= 149 * 6);
  }
  // At least a hundred times, in either form of the attack, with both ends of the intervals.
  for (const sgd of ['SGD', 'SGD tailored to it']) t.true(of('')[0] - of(sgd)[1] > 2);
  // And not for its own sake: without the attack, or with liars that stay the same, momentum is as good as SGD under it.
  for (const other of ['momentum unattacked', 'momentum with fixed liars']) t.true(of(other)[1] - of('SGD')[0] < 0.3);
});
