import test from 'ava';
import { replicationsOf } from '../../src/report/replications.js';
import { summarise } from '../../src/report/summarise.js';
import { summary, type Summary } from '../../src/report/summary.js';
import { syntheticRun } from './synthetic-events.js';

const summaryOf = (seed: number, loss: number | null, status = 'finished'): Summary => {
  const reader = summarise({ metric: { name: 'accuracy', better: 'more' } });
  for (const event of syntheticRun(20)) reader.update(event);
  const run = { ...reader.result(), final: { loss } };
  return summary({ name: 'a', seed, configHash: '', status, wallSeconds: 1 }, run);
};

test('scores of replications have means and intervals, by name', (t) => {
  const { count, seeds, stuck, steps, final } = replicationsOf([1, 2, 3].map((seed) => summaryOf(seed, 2 * seed)));
  t.deepEqual([count, seeds, stuck], [3, [1, 2, 3], 0]);
  t.deepEqual(steps, { mean: 20, halfWidth: 0 });
  t.true(Math.abs(final.loss!.mean! - 4) < 1e-12);
  // t(0.975, 2) = 4.3026527, the deviation is 2.
  t.true(Math.abs(final.loss!.halfWidth! - (4.3026527 * 2) / Math.sqrt(3)) < 1e-6);
});

test('one that diverged or is stuck spoils the scores, not the counts', (t) => {
  const diverged = replicationsOf([summaryOf(1, 3), summaryOf(2, null)]);
  t.deepEqual(diverged.final.loss, { mean: null, halfWidth: null });
  const stuck = replicationsOf([summaryOf(1, 3), summaryOf(2, 4, 'stuck')]);
  t.deepEqual([stuck.stuck, stuck.final.loss, stuck.steps.mean], [1, { mean: null, halfWidth: null }, 20]);
  t.deepEqual(stuck.best.accuracy, { mean: null, halfWidth: null });
});
