import type { AttackRule } from '../../attacks/attack.js';
import { attacks } from '../../attacks/index.js';
import type { Objective } from '../../learning/objective.js';
import { Misfit } from '../misfit.js';
import type { Scenario } from '../schema.js';
import { makePart } from './make-part.js';

/** Makes the attack, if the objective has what it falsifies. */
export const makeAttack = async (scenario: Scenario, objective: Objective): Promise<AttackRule> => {
  const attack = await makePart<AttackRule>(attacks, scenario.attack, ['attack']);
  if (attack.kind === 'data' && objective.classes < 2)
    throw new Misfit(
      ['attack'],
      `${scenario.attack.kind} falsifies labels, and the model ${scenario.learn.model.kind} has no classes`,
    );
  return attack;
};
