import { z } from 'zod';
import { newVector } from '../kernels/vector.js';
import { toFormula, type FormulaOption } from '../registry/formula.js';
import { definePart } from '../registry/part.js';
import { weightedMean } from '../weighted/weighted-mean.js';
import { widest, type AttackRule, type Knowledge } from './attack.js';
import { displace } from './displacement.js';
import { momentOption, momentReader, start } from './moment.js';
import { attackOption, onVectors } from './nested.js';

const knowledge: Knowledge = 'honest';

/** The options of `scaled`. */
export interface ScaledOptions {
  /** The attack whose displacement from the honest mean is scaled. */
  readonly attack: AttackRule;
  /** s, a finite formula of `step`, `time` and `norm`. */
  readonly strength: FormulaOption;
}

/**
 * Another attack with a strength that follows the run: μ + s·(v − μ) with the honest vectors' weighted mean μ and what the other attack
 * sends, v. s is a formula of the server's steps so far, the virtual time in ms, and ‖d̂‖ of its last step: at 1 the attack is the
 * other one, at 0 it sends the honest mean. Where the server holds no honest vector, μ is taken to be 0, so that s·v is sent. O(d·m).
 * @throws RangeError for an attack on something else than vectors; OutOfRangeError for a strength that isn't finite.
 */
export const scaled = ({ attack: given, strength }: ScaledOptions): AttackRule => {
  const inner = onVectors(given, 'scaled');
  const strengthAt = toFormula(strength, 'strength', {}, [start]);
  return {
    ...inner,
    knowledge: widest(knowledge, inner.knowledge),
    attack: (shape) => {
      const lies = inner.attack(shape);
      const average = weightedMean()(shape);
      const mean = newVector(shape.precision ?? 'float64', shape.dimension);
      const momentOf = momentReader();
      return (view, out) => {
        lies(view, out);
        if (view.honest.count === 0) mean.fill(0);
        else average(view.honest, mean);
        displace(mean, out, strengthAt(momentOf(view)), out);
      };
    },
  };
};

export const scaledPart = definePart({
  summary: 'Another attack, as strong as a formula of the run’s step, time and progress says.',
  formula: 'μ + s(t)·(v − μ)',
  source: 'Adversaries that begin small; plain definition.',
  precondition: 'Sees the honest vectors at the server, and its steps.',
  aliases: ['growing'],
  knowledge,
  parameters: z.strictObject({
    attack: attackOption(
      'the attack that is scaled, on the vectors that are sent: a name, or an object with kind and options',
    ),
    strength: momentOption('by how much its displacement from the honest mean is scaled, such as min(3, step / 1000)'),
  }),
  create: scaled,
});
