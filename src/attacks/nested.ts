import { partOption } from '../registry/part-option.js';
import type { AttackRule, PoisonRule } from './attack.js';

/** An attack on the vectors that are sent. */
export type VectorAttackRule = AttackRule & { readonly kind: 'vector' };

/** The schema of an option that is an attack. */
export const attackOption = (description: string) => partOption<AttackRule>('attack', description);

/** Sends what an honest worker would have sent. */
const honestly: VectorAttackRule = {
  kind: 'vector',
  knowledge: 'own',
  needsOwn: true,
  attack: () => () => undefined,
};

const falsified = { data: 'labels', poison: 'features', gradient: 'gradients' } as const;

/**
 * An attack as `by` needs it: `none` as one that sends what an honest worker would have sent.
 * @throws RangeError for one that falsifies something else than what is sent.
 */
export const onVectors = (attack: AttackRule | PoisonRule, by: string): VectorAttackRule => {
  if (attack.kind === 'none') return honestly;
  if (attack.kind === 'vector') return attack;
  throw new RangeError(
    `${by} works on attacks that falsify the vectors that are sent, and one that falsifies ${falsified[attack.kind]} is given`,
  );
};
