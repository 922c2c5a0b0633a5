import type { Objective } from '../../../src/learning/objective.js';
import { stream } from '../stream.js';

/** A starting point, a sample, and room for the gradient. */
export const prepare = (objective: Objective, seed: string) => {
  const params = new Float32Array(objective.dimension);
  objective.initial(stream(`${seed}/initial`), params);
  const batch = objective.batch();
  objective.draw(stream(`${seed}/draw`), null, batch);
  return { params, batch, out: new Float32Array(objective.dimension) };
};
