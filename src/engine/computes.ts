import type { ByzantineSet } from './byzantine-set.js';
import type { Plan } from './plan.js';

/**
 * Whether a worker's message (workers numbered from 0) is made of gradients: also where it is Byzantine now, if it may be honest
 * when that arrives. `needed`: whether messages must be made for their sizes to be known.
 */
export const computesOf =
  ({ attack, workers }: Plan, { members }: ByzantineSet, needed: boolean): ((worker: number) => boolean) =>
  (worker) =>
    members[worker] === 0 || attack.kind !== 'vector' || needed || attack.needsOwn || workers[worker]!.turns === true;
