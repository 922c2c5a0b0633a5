import { newVector } from '../../kernels/vector.js';
import type { Objective } from '../../learning/objective.js';
import { methods, type Method } from '../../methods/index.js';
import type { Random } from '../../random/random.js';
import { fitting } from '../misfit.js';
import type { Scenario } from '../schema.js';
import { makePart } from './make-part.js';

/** Makes the method, if it can begin at the objective's starting point. */
export const makeMethod = async (scenario: Scenario, objective: Objective, random: Random): Promise<Method> => {
  const path = ['method'];
  const method = await makePart<Method>(methods, scenario.method, path);
  const start = newVector(objective.precision, objective.dimension);
  objective.initial(random.fork('model'), start);
  fitting(path, () => method.update(start, objective.precision));
  return method;
};
