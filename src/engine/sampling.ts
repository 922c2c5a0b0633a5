import type { AttackRule } from '../attacks/attack.js';
import type { Objective } from '../learning/objective.js';
import type { Samples } from '../methods/method.js';
import type { Random } from '../random/random.js';
import { StreamTable } from '../random/stream-table.js';
import { each } from './each.js';
import type { Fetched } from './fetched.js';
import type { WorkerPlan } from './plan.js';

/**
 * Samples for every worker, each from its own streams and share of the data. Under a data attack, the samples of those who are
 * Byzantine at that moment (1 in `byzantine`) are falsified as they are drawn.
 */
export const samplesOf = (
  objective: Objective,
  workers: readonly WorkerPlan[],
  byzantine: Readonly<Uint8Array>,
  attack: AttackRule,
  random: Random,
): Samples & Fetched => {
  const shareOf = each(workers.map(({ share }) => share));
  const samples = new StreamTable(random, workers.length, (i) => `worker ${i + 1}/samples`);
  const falsehoods = new StreamTable(random, workers.length, (i) => `worker ${i + 1}/attack`);
  return {
    batch: () => objective.batch(),
    fetch: (ids, count) => samples.fetch(ids, count) + falsehoods.fetch(ids, count),
    draw(worker, batch) {
      objective.draw(samples.at(worker), shareOf(worker), batch);
      if (byzantine[worker] === 1 && attack.kind === 'data')
        attack.falsify(batch, objective.classes, falsehoods.at(worker));
    },
  };
};
