import type { AttackRule } from '../../attacks/attack.js';
import { attacks } from '../../attacks/index.js';
import { falsehoodOf } from '../../engine/falsehood-of.js';
import type { Plan } from '../../engine/plan.js';
import { fitting, Misfit } from '../misfit.js';
import type { Scenario } from '../schema.js';
import { makePart } from './make-part.js';

/** Makes the attack, if the objective has what it falsifies, and the method what it remembers. */
export const makeAttack = async (
  scenario: Scenario,
  plan: Pick<Plan, 'objective' | 'method' | 'workers' | 'random'>,
): Promise<AttackRule> => {
  const attack = await makePart<AttackRule>(attacks, scenario.attack, ['attack']);
  if (attack.kind === 'data' && plan.objective.classes < 2)
    throw new Misfit(
      ['attack'],
      `${scenario.attack.kind} falsifies labels, and the model ${scenario.learn.model.kind} has no classes`,
    );
  // Tried once, so that a method that it can't work on is told before the run.
  fitting(['attack'], () => falsehoodOf({ ...plan, attack }, 1));
  return attack;
};
