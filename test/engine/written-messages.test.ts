import test from 'ava';
import { simulate } from '../../src/engine/index.js';
import type { Objective } from '../../src/learning/objective.js';
import { byzVrMarina } from '../../src/methods/byz-vr-marina.js';
import { synchronous } from '../../src/protocols/index.js';
import { halfSquare } from './half-square.js';
import { planOf, workersOf } from './small-plan.js';

/** ½‖x − z‖² with running statistics, which are the first number of z and of the model, as they are blended. */
const followed = () => {
  const objective = halfSquare(2);
  const blended: (readonly number[])[] = [];
  const asked: (readonly number[])[] = [];
  const watched: Objective = {
    ...objective,
    statistics: 2,
    gradient(params, batch, out, seen) {
      if (seen) {
        asked.push([batch.noise[0]!, params[0]!]);
        seen.set([batch.noise[0]!, params[0]!]);
      }
      return objective.gradient(params, batch, out);
    },
    blend: (_, seen) => void blended.push(Array.from(seen)),
  };
  return { objective: watched, drawn: objective.drawn, blended, asked };
};

test('running statistics follow the first minibatch of each honest message, at the model that was sent', (t) => {
  const { objective, drawn, blended, asked } = followed();
  const method = byzVrMarina({ lr: 0.1, probability: 0.5, clip: 1, fullBatch: 3 });
  const attack = { kind: 'data', knowledge: 'own', falsify: () => undefined } as const;
  const models: number[] = [];
  const costs: number[] = [];
  const plan = planOf({
    objective,
    method,
    attack,
    workers: workersOf(4, { byzantine: 1, timed: true }),
    stop: { steps: 12 },
  });
  let world: { readonly model: ArrayLike<number> } | undefined;
  simulate(plan, synchronous(), undefined, (each) => (world = each)).subscribe((event) => {
    if (event.kind !== 'assigned' || event.worker === 4) return;
    models.push(world!.model[0]!);
    costs.push(event.gradients!);
  });
  t.deepEqual(blended, asked);
  t.is(blended.length, 12 * 3);
  t.deepEqual(blended.map(([, x]) => x!), models); // prettier-ignore
  t.deepEqual(new Set(costs), new Set([3, 2]));
  // Of three minibatches of a large one the first; of a difference the only one.
  const next = [0, 0, 0];
  for (const [i, [z]] of blended.entries()) {
    const worker = i % 3;
    t.is(z, drawn.get(worker)![next[worker]!]![0]);
    next[worker]! += costs[i] === 3 ? 3 : 1;
  }
});
