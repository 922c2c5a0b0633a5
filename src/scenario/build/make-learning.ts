import type { AttackRule } from '../../attacks/attack.js';
import type { Kernels } from '../../kernels/index.js';
import { alsoScored } from '../../learning/also-scored.js';
import type { Dataset } from '../../learning/dataset.js';
import type { Objective } from '../../learning/objective.js';
import type { Random } from '../../random/random.js';
import { fitting, Misfit } from '../misfit.js';
import type { Scenario } from '../schema.js';
import type { Surroundings } from '../surroundings.js';
import { makeAttack } from './make-attack.js';
import { makeObjective } from './make-objective.js';

/** What is learned, from what, and who falsifies it. */
export interface Learning {
  readonly objective: Objective;
  readonly place: (kernels: Kernels) => Objective;
  readonly attack: AttackRule;
  /** What gradients are taken on: the data, with falsified rows after the honest ones where an attack has some. */
  readonly learned: Dataset | undefined;
}

/**
 * Makes the objective and the attack. One that falsifies features is made ready on the data: its rows stand after the honest
 * ones, which alone are counted, so that whoever draws, deals or scores rows knows nothing of them, and gradients find them
 * wherever they are taken. Rows that aren't needed take no memory: without such an attack there are none.
 */
export const makeLearning = async (
  scenario: Scenario,
  data: Dataset | undefined,
  { threads }: Surroundings,
  random: Random,
): Promise<Learning> => {
  const honest = await makeObjective(scenario, data);
  const attack = await makeAttack(scenario, honest.objective);
  if (attack.kind !== 'poison') return { ...honest, attack, learned: data };
  const path = ['attack'];
  const { metric } = honest.objective;
  const { inputs, attack: falsifying, aim } = fitting(path, () => attack.poison(data!, random.fork('attack/rows')));
  if (aim && metric.name !== 'accuracy')
    throw new Misfit(
      path,
      `${scenario.attack.kind} is measured by the class that a model says, and the model ${scenario.learn.model.kind} says a number`,
    );
  const both: Dataset = { ...data!, train: { ...data!.train, inputs } };
  const learned = threads ? threads.share(both) : both;
  const poisoned = await makeObjective(scenario, learned);
  const rest = { attack: falsifying, learned };
  if (!aim) return { ...poisoned, ...rest };
  const aimed = await makeObjective(scenario, { ...data!, train: aim.examples, test: aim.examples });
  return {
    ...rest,
    objective: alsoScored(poisoned.objective, aimed.objective, aim.score),
    place: (kernels) => alsoScored(poisoned.place(kernels), aimed.place(kernels), aim.score),
  };
};
