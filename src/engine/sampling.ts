import type { AttackRule } from '../attacks/attack.js';
import type { Objective } from '../learning/objective.js';
import type { Oracle } from '../methods/method.js';
import type { Random } from '../random/random.js';
import type { Vector } from '../weighted/vector.js';
import type { WorkerPlan } from './plan.js';

/**
 * Samples and gradients for every worker, each from its own streams and share of the data. Under a data attack,
 * Byzantine workers' labels are falsified as they are drawn. Running statistics follow the honest workers only.
 */
export const samplingOracle = (
  objective: Objective,
  workers: readonly WorkerPlan[],
  attack: AttackRule,
  statistics: Vector,
  random: Random,
): Oracle => {
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
    gradient: (worker, params, batch, out, fresh) =>
      fresh && !workers[worker]!.byzantine
        ? objective.gradient(params, batch, out, statistics)
        : objective.gradient(params, batch, out),
  };
};
