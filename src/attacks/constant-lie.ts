import type { AttackRule } from './attack.js';

/** A worker that sends the same value in all coordinates, whatever it sees. O(d). */
export const constantLie = (value: number): AttackRule => ({
  kind: 'vector',
  knowledge: 'own',
  needsOwn: false,
  attack: () => (_view, out) => {
    out.fill(value);
  },
});
