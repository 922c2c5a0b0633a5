import type { AttackRule, PoisonRule } from '../../attacks/attack.js';
import { attacks } from '../../attacks/index.js';
import type { Objective } from '../../learning/objective.js';
import { Misfit } from '../misfit.js';
import type { Scenario } from '../schema.js';
import { makePart } from './make-part.js';

/** Makes the attack, if the objective has what it falsifies. */
export const makeAttack = async (scenario: Scenario, objective: Objective): Promise<AttackRule | PoisonRule> => {
  const attack = await makePart<AttackRule | PoisonRule>(attacks, scenario.attack, ['attack']);
  const labels = attack.kind === 'data' || (attack.kind === 'poison' && attack.needsClasses);
  const refuse = (what: string): never => {
    throw new Misfit(['attack'], `${scenario.attack.kind} falsifies ${what}`);
  };
  const model = `the model ${scenario.learn.model.kind}`;
  if (labels && objective.classes < 2) refuse(`labels, and ${model} has no classes`);
  if (attack.kind === 'poison' && objective.batch().rows.length === 0) refuse(`features, and ${model} has no data`);
  return attack;
};
