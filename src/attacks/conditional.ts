import { z } from 'zod';
import { toFormula, type FormulaOption } from '../registry/formula.js';
import { definePart } from '../registry/part.js';
import { widest, type AttackRule, type AttackView, type Knowledge } from './attack.js';
import { momentOption, momentReader, start } from './moment.js';
import { attackOption, onVectors, type VectorAttackRule } from './nested.js';
import { none } from './none.js';

const knowledge: Knowledge = 'honest';

/** The options of `conditional`. */
export interface ConditionalOptions {
  /** What is done while the condition holds. */
  readonly attack: AttackRule;
  /** A formula of `step`, `time` and `norm`: the condition holds where it isn't 0. */
  readonly when: FormulaOption;
  /** What is done while it doesn't; unless given, what honest workers do. */
  readonly otherwise?: AttackRule;
}

/**
 * One attack while a condition on the run holds, and another one, or none, while it doesn't: `when` is a formula of the server's steps so
 * far, the virtual time in ms, and ‖d̂‖ of the server's last step, asked as each message arrives. O(1) beside the attacks.
 * @throws RangeError for an attack on something else than vectors; OutOfRangeError for a condition that is no number.
 */
export const conditional = ({ attack, when, otherwise = none() }: ConditionalOptions): AttackRule => {
  const [yes, no] = [onVectors(attack, 'conditional'), onVectors(otherwise, 'conditional')];
  const condition = toFormula(when, 'when', {}, [start]);
  const chooser = <Made>(make: (rule: VectorAttackRule) => Made): ((view: AttackView) => Made) => {
    const [one, other] = [make(yes), make(no)];
    const momentOf = momentReader();
    return (view) => (condition(momentOf(view)) === 0 ? other : one);
  };
  return {
    kind: 'vector',
    knowledge: widest(knowledge, yes.knowledge, no.knowledge),
    needsOwn: yes.needsOwn || no.needsOwn,
    ...(yes.silent || no.silent
      ? {
          silent: () => {
            const choose = chooser(({ silent }) => silent?.());
            return (view) => choose(view)?.(view) ?? false;
          },
        }
      : {}),
    attack: (shape) => {
      const choose = chooser((rule) => rule.attack(shape));
      return (view, out) => choose(view)(view, out);
    },
  };
};

export const conditionalPart = definePart({
  summary:
    'One attack while a condition on the run’s step, time and progress holds, and another one, or none, while it doesn’t.',
  formula: 'v, or another, by a condition',
  source: 'Adaptive adversaries; plain definition.',
  precondition: 'Sees the server’s steps.',
  aliases: ['when'],
  knowledge,
  parameters: z.strictObject({
    attack: attackOption('the attack while the condition holds: a name, or an object with kind and options'),
    when: momentOption('the condition, which holds where it is not 0, such as step > 500 and norm < 1'),
    otherwise: attackOption('the attack while it doesn’t')
      .default('none' as never)
      .describe('the attack while it doesn’t'),
  }),
  create: conditional,
});
