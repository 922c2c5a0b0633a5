import test from 'ava';
import { lastValueFrom, toArray } from 'rxjs';
import { simulate } from '../../../src/engine/simulate.js';
import type { SimulationEvent } from '../../../src/engine/event.js';
import { Misfit } from '../../../src/scenario/misfit.js';
import { build, small, smallBut } from '../small-scenario.js';

const evaluated = async (changes: Readonly<Record<string, unknown>>) => {
  const { plan, protocol } = await build(smallBut(changes));
  const events: SimulationEvent[] = await lastValueFrom(simulate(plan, protocol).pipe(toArray()));
  const scored = events.filter(
    (event): event is Extract<SimulationEvent, { kind: 'evaluated' }> => event.kind === 'evaluated',
  );
  return { plan, scores: scored.map(({ scores }) => scores) };
};

const data = { kind: 'gaussian', rows: 300, testRows: 30 };
const learning = { data, model: { kind: 'logistic', l2: 0.1, bias: false }, batch: 4 };
const measure = { optimum: true, every: '10 steps' };

test('without the key nothing changes', async (t) => {
  const { plan } = await evaluated({});
  t.is(plan.objective.metric.name, 'error');
  t.is(plan.objective.beside, undefined);
});

test('of a quadratic, suboptimality is its error', async (t) => {
  const { plan, scores } = await evaluated({ measure });
  t.deepEqual(plan.objective.metric, { name: 'suboptimality', better: 'less' });
  t.is(scores.length, 6);
  for (const { suboptimality, error } of scores) t.true(Math.abs(suboptimality! - error!) <= 1e-15 * (1 + error!));
});

test('full gradients bring suboptimality down to rounding, and never below 0', async (t) => {
  const { scores } = await evaluated({
    learn: { ...learning, batch: 4000 },
    workers: { count: 3, byzantine: 0 },
    aggregator: 'mean',
    attack: 'none',
    method: { kind: 'sgd', lr: 0.3 },
    stop: { steps: 50 },
    measure,
  });
  const gaps = scores.map(({ suboptimality }) => suboptimality!);
  t.true(gaps[0]! > 1e-3 && gaps.at(-1)! < gaps[0]! / 10);
  t.true(gaps.every((gap) => gap >= 0));
  // ½‖∇f‖² ≥ μ·(f − f*).
  for (const { suboptimality, gradientNorm } of scores)
    t.true(gradientNorm! ** 2 / 2 >= 0.1 * suboptimality! * (1 - 1e-9));
});

test('only who is honest at first counts: the optimum is that of their rows', async (t) => {
  const shares = { learn: { ...learning, partition: 'iid' }, measure };
  const some = await build(smallBut(shares));
  const all = await build(smallBut({ ...shares, workers: { count: 5, byzantine: 0 }, attack: 'none' }));
  const first = (run: typeof some) => {
    const { objective } = run.plan;
    const evaluation = objective.evaluate(new Float64Array(objective.dimension), []);
    for (;;) {
      const { done, value } = evaluation.next();
      if (done) return value.suboptimality!;
    }
  };
  t.true(first(some) > 0 && first(all) > 0);
  t.not(first(some), first(all));
});

test('models without gradients over all rows are refused', async (t) => {
  const error = await t.throwsAsync(
    build(smallBut({ learn: { data: { kind: 'digits', train: 20, test: 10 }, model: { kind: 'mlp' } }, measure })),
    { instanceOf: Misfit },
  );
  t.deepEqual(error.path, ['measure', 'optimum']);
  t.is(
    error.message,
    'measure.optimum: the optimum is found by gradients over all rows of a convex objective, and the model mlp has none; take quadratic, linear, logistic or softmax',
  );
});

test('an optimum that isn’t found is told with the norm that was reached', async (t) => {
  const model = { kind: 'quadratic', dimension: 1000, condition: 1e9, optimum: 100 };
  const error = await t.throwsAsync(build(smallBut({ learn: { ...small.learn, model }, measure })), {
    instanceOf: Misfit,
  });
  t.regex(
    error.message,
    /^measure.optimum: after \d+ iterations of L-BFGS the gradient of the training loss has a norm of \d\.\de-\d+, and 1e-14 is needed; a better conditioned model, such as one with a larger l2, would get there$/,
  );
});
