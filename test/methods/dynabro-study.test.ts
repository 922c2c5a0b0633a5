import test from 'ava';
import { simulate } from '../../src/engine/simulate.js';
import { build, smallWith } from '../scenario/small-scenario.js';

/** The mean error of the last ten of a run's measurements, and the gradients it took, under liars that go round. */
const outcomeOf = async (
  method: string,
  seed: number,
): Promise<{ readonly error: number; readonly gradients: number }> => {
  const { plan, protocol } = await build(
    smallWith(
      `seed=${seed}`,
      'learn.model={ kind: quadratic, dimension: 10, noise: 1 }',
      'workers={ count: 9, byzantine: { kind: periodic, start: 3, every: 10 steps, next: rotate } }',
      'network={ compute: exponential(1) }',
      'protocol=synchronous',
      `method=${method}`,
      'aggregator={ kind: ctma, lambda: 0.34, base: gm }',
      'attack={ kind: momentum-tailored, bias: 3, alpha: 0.1 }',
      'stop={ gradients: 40000 }',
      'measure={ every: 20 steps }',
    ),
  );
  const errors: number[] = [];
  let gradients = 0;
  simulate(plan, protocol).subscribe((event) => {
    if (event.kind === 'evaluated') errors.push(event.scores.error!);
    if (event.kind === 'assigned') gradients += event.gradients ?? 1;
  });
  return { error: errors.slice(-10).reduce((sum, error) => sum + error / 10, 0), gradients };
};

for (const seed of [1, 2, 3])
  test(`for as many gradients, DynaBRO comes far below momentum under liars that go round (seed ${seed})`, async (t) => {
    const momentum = await outcomeOf('{ kind: momentum, lr: 0.05, beta: 0.9 }', seed);
    for (const [options, times] of [
      ['lr: 0.05, step: fixed', 20],
      ['lr: 3', 5],
    ] as const) {
      const dynabro = await outcomeOf(`{ kind: dynabro, ${options}, noise: 3, horizon: 1024 }`, seed);
      t.log(`momentum ${momentum.error.toPrecision(3)}, dynabro with ${options} ${dynabro.error.toPrecision(3)}`);
      t.true(times * dynabro.error < momentum.error);
      // The round in which the last gradient is taken is finished: of 9 workers with 2^10 at most.
      for (const { gradients } of [momentum, dynabro]) t.true(gradients >= 40_000 && gradients < 40_000 + 9 * 1024);
    }
  });
