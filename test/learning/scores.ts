import type { Objective, Scores } from '../../src/learning/objective.js';
import type { ReadonlyVector } from '../../src/kernels/vector.js';

/** Runs an evaluation to its end; with the number of times it yielded. */
export const scores = (
  objective: Objective,
  params: ReadonlyVector,
  statistics: ReadonlyVector = [],
): { yields: number; scores: Scores } => {
  const evaluation = objective.evaluate(params, statistics);
  let yields = 0;
  for (;;) {
    const result = evaluation.next();
    if (result.done === true) return { yields, scores: result.value };
    yields++;
  }
};
