import test from 'ava';
import { lastValueFrom, toArray } from 'rxjs';
import { runScenario } from '../../src/scenario/run-scenario.js';
import type { ScenarioInput } from '../../src/scenario/scenario-input.js';

type Method = NonNullable<ScenarioInput['method']>;

/** The loss at the beginning, and the means of the last five of ten measurements, without the operator and with it. */
const lossesOf = async (method: Method, seed: number) => {
  const lossOf = async (clipped: boolean): Promise<readonly [first: number, last: number]> => {
    const base: ScenarioInput['aggregator'] = [{ kind: 'bucketing', size: 2 }, { kind: 'cwmed' }];
    const events = runScenario(
      {
        ...{ name: 'shifted-back', seed, method, weights: 'uniform' },
        learn: {
          data: { kind: 'gaussian', rows: 600, testRows: 200, features: 10, classes: 2, separation: 1.5 },
          model: { kind: 'logistic', l2: 0.01 },
          batch: 32,
        },
        workers: { count: 20, byzantine: 5 },
        network: { compute: '10ms' },
        protocol: { kind: 'synchronous', participants: 4 },
        aggregator: clipped ? [{ kind: 'clipped-differences', lambda: 1 }, ...base] : base,
        // A step of 0.1 brings the model back to where it began, wherever liars are a majority of those drawn.
        attack: { kind: 'shift-back', when: 'always', factor: 10 },
        stop: { steps: 400 },
        measure: { every: 40 },
      },
      { directory: '/nowhere' },
    );
    const all = await lastValueFrom(events.pipe(toArray()));
    const losses = all.flatMap((event) => (event.kind === 'evaluated' ? [event.scores.loss!] : []));
    return [losses[0]!, losses.slice(-5).reduce((sum, loss) => sum + loss / 5, 0)];
  };
  const [first, plain] = await lossOf(false);
  return { first, plain, clipped: (await lossOf(true))[1] };
};

for (const method of [
  { kind: 'momentum', lr: 0.1, beta: 0.9 },
  { kind: 'sgd', lr: 0.1 },
] as const)
  // prettier-ignore
  for (const seed of [1, 2, 3])
    test(`${method.kind}, seed ${seed}: where few take part, clipped differences are what shift-back doesn’t throw back`, async (t) => {
      const { first, plain, clipped } = await lossesOf(method, seed);
      t.log(first, plain, clipped);
      t.true(Math.abs(first - Math.log(2)) < 1e-6);
      t.true(plain > 0.4);
      t.true(clipped < 0.2);
    });

test('mu2-sgd goes on under it, too', async (t) => {
  const { plain, clipped } = await lossesOf({ kind: 'mu2-sgd', lr: 0.1 }, 1);
  t.log(plain, clipped);
  t.true(clipped < plain);
});
