import type { AttackRule } from '../attacks/attack.js';
import type { Batch, Objective } from '../learning/objective.js';
import type { RoundSamples } from '../methods/round-method.js';
import type { Random } from '../random/random.js';
import { StreamTable } from '../random/stream-table.js';
import { each } from './each.js';
import type { Fetched } from './fetched.js';
import type { WorkerPlan } from './plan.js';

/**
 * Samples for every worker, and gradients on them, each from its own streams and share of the data. Under a data attack, the samples of those who are
 * Byzantine at that moment (1 in `byzantine`) are falsified as they are drawn.
 */
export const samplesOf = (
  objective: Objective,
  workers: readonly WorkerPlan[],
  byzantine: Readonly<Uint8Array>,
  attack: AttackRule,
  random: Random,
): RoundSamples & Fetched => {
  const shareOf = each(workers.map(({ share }) => share));
  const samples = new StreamTable(random, workers.length, (i) => `worker ${i + 1}/samples`);
  const falsehoods = new StreamTable(random, workers.length, (i) => `worker ${i + 1}/attack`);
  const falsified = (worker: number, batch: Batch): void => {
    if (byzantine[worker] === 1 && attack.kind === 'data')
      attack.falsify(batch, objective.classes, falsehoods.at(worker));
  };
  return {
    batch: () => objective.batch(),
    fetch: (ids, count) => samples.fetch(ids, count) + falsehoods.fetch(ids, count),
    draw(worker, batch) {
      objective.draw(samples.at(worker), shareOf(worker), batch);
      falsified(worker, batch);
    },
    gradient: (params, batch, out, seen) => objective.gradient(params, batch, out, seen),
    whole(worker) {
      const all = objective.whole?.(shareOf(worker));
      if (all === undefined || byzantine[worker] === 0 || attack.kind !== 'data') return all;
      const copy = { rows: all.rows.slice(), labels: all.labels.slice(), noise: all.noise };
      falsified(worker, copy);
      return copy;
    },
    rowsOf: (worker) => objective.whole?.(shareOf(worker)).rows.length ?? 0,
  };
};
