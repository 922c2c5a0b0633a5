import type { Kernels } from '../../kernels/index.js';
import type { Dataset } from '../../learning/dataset.js';
import { datasets } from '../../learning/data/index.js';
import { models } from '../../learning/index.js';
import type { ObjectiveRule } from '../../learning/objective-rule.js';
import type { Objective } from '../../learning/objective.js';
import { fitting, Misfit } from '../misfit.js';
import type { Scenario } from '../schema.js';
import { makePart } from './make-part.js';

/** Makes the model with its data, and says how to place it where kernels reach it. */
export const makeObjective = async (
  scenario: Scenario,
  data: Dataset | undefined,
): Promise<{ readonly objective: Objective; readonly place: (kernels: Kernels) => Objective }> => {
  const { model, batch } = scenario.learn;
  const part = models[model.kind as keyof typeof models];
  if (part.needsData && !data)
    throw new Misfit(
      ['learn'],
      `the model ${model.kind} needs data; give it one of ${Object.keys(datasets).join(', ')} as "data"`,
    );
  const rule = await makePart<ObjectiveRule>(models, model, ['learn', 'model']);
  const objective = fitting(['learn', 'model'], () => rule({ data, batch }));
  return { objective, place: (kernels) => rule({ data, batch, kernels }) };
};
