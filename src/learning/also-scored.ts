import type { Objective } from './objective.js';

/**
 * `objective` with one score more, called `score`: the accuracy of its models on what the same objective over other examples,
 * `other`, is tested on. Evaluated slice by slice too, after its own scores.
 */
export const alsoScored = (objective: Objective, other: Objective, score: string): Objective => ({
  ...objective,
  beside: [...(objective.beside ?? []), score],
  *evaluate(params, statistics) {
    const scores = yield* objective.evaluate(params, statistics);
    const { accuracy } = yield* other.evaluate(params, statistics);
    // A model that isn't finite takes everything for the first class, which says nothing of it.
    const finite = Number.isFinite(scores.loss ?? 0);
    return { ...scores, [score]: finite ? (accuracy ?? NaN) : NaN };
  },
});
