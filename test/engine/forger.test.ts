import test from 'ava';
import { fixedVector, type AttackRule } from '../../src/attacks/index.js';
import { simulate } from '../../src/engine/index.js';
import { asynchronous } from '../../src/protocols/index.js';
import type { Vector } from '../../src/kernels/vector.js';
import { planOf, workersOf } from './small-plan.js';

/** What the liars of a run send, by worker. */
const sentIn = (rule: AttackRule, workers: number, seed = 1): ReadonlyMap<number, readonly number[][]> => {
  const sent = new Map<number, number[][]>();
  if (rule.kind !== 'vector') return sent;
  const attack: AttackRule = {
    ...rule,
    attack: (shape) => {
      const lie = rule.attack(shape);
      return (view, out: Vector) => {
        lie(view, out);
        sent.set(view.worker, [...(sent.get(view.worker) ?? []), [...out]]);
      };
    },
  };
  simulate(
    planOf({ attack, workers: workersOf(workers, { byzantine: 2, timed: true }), seed }),
    asynchronous(),
  ).subscribe();
  return sent;
};

test('liars share streams, named by the seed alone: all send one vector, in every run', (t) => {
  const [first] = sentIn(fixedVector(), 6).get(6)!;
  t.is(first!.length, 3);
  for (const workers of [5, 6])
    for (const vectors of sentIn(fixedVector(), workers).values())
      for (const vector of vectors) t.deepEqual(vector, first);
  t.is(sentIn(fixedVector(), 6).size, 2);
  t.notDeepEqual(sentIn(fixedVector(), 6, 2).get(6)![0], first);
});
