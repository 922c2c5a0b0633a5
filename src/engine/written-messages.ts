import type { RoundRun } from '../methods/round-method.js';
import type { Gradients, GradientsContext } from './gradients.js';
import type { Parts } from './part-rows.js';

/** The messages of a method that takes its gradients itself: at once, in this thread. */
export const writtenMessages = (
  run: RoundRun,
  parts: Parts,
  {
    objective,
    kernels,
    statistics,
    outgoing,
    rows,
    byzantine,
    falsehood,
  }: Omit<GradientsContext, 'estimator' | 'model'>,
): Gradients => {
  const seen = kernels.memory.vector(objective.precision, objective.statistics);
  const losses = rows.column();
  return {
    ask(worker) {
      const out = outgoing(worker);
      const lies = byzantine[worker] === 1;
      const follows = objective.blend !== undefined && !lies;
      losses.set(worker, run.write(worker, out, follows ? seen : null));
      if (follows) objective.blend!(statistics, seen);
      if (falsehood) {
        falsehood.ask(worker, lies);
        // What is added to each of a worker's samples is added to every mean of them.
        for (let part = 0; part < run.parts; part++) falsehood.falsify(worker, parts.of(out, part));
      }
      run.pack(worker, out);
    },
    finish: (worker) => losses.of(worker),
    settle: () => undefined,
    close: () => undefined,
  };
};
