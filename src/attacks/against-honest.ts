import type { Shape } from '../weighted/aggregator.js';
import type { Attack, AttackRule } from './attack.js';

/** How a vector attack on honest vectors is made. */
export interface AgainstHonest {
  /** Whether it may leave the worker's own vector as it is. */
  readonly needsOwn?: boolean;
  /** Claims scratch memory; the attack is only called where `honest.count` is at least 1. */
  readonly attack: (shape: Shape) => Attack;
}

/** A vector attack that looks at honest vectors: zero as long as the server holds none of them. */
export const againstHonest = ({ needsOwn = false, attack }: AgainstHonest): AttackRule => ({
  kind: 'vector',
  knowledge: 'honest',
  needsOwn,
  attack: (shape) => {
    const lie = attack(shape);
    return (view, out) => {
      if (view.honest.count === 0) out.fill(0);
      else lie(view, out);
    };
  },
});
