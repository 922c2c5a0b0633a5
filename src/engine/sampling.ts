import type { AttackRule } from '../attacks/attack.js';
import type { Objective } from '../learning/objective.js';
import type { Samples } from '../methods/method.js';
import type { Random } from '../random/random.js';
import type { WorkerPlan } from './plan.js';

/**
 * Samples for every worker, each from its own streams and share of the data. Under a data attack, Byzantine workers' labels
 * are falsified as they are drawn.
 */
export const samplesOf = (
  objective: Objective,
  workers: readonly WorkerPlan[],
  attack: AttackRule,
  random: Random,
): Samples => {
  const samples = workers.map((_, i) => random.fork(`worker ${i + 1}/samples`));
  const falsehoods = workers.map((_, i) => random.fork(`worker ${i + 1}/attack`));
  return {
    batch: () => objective.batch(),
    draw(worker, batch) {
      const { share, byzantine } = workers[worker]!;
      objective.draw(samples[worker]!, share, batch);
      if (byzantine && attack.kind === 'data')
        attack.falsify(batch.labels, batch.labels.length, objective.classes, falsehoods[worker]!);
    },
  };
};
