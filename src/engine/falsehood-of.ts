import type { Falsehood } from '../attacks/attack.js';
import type { Plan } from './plan.js';

/** What falsifies a plan's gradients; undefined where nothing does. @throws RangeError where the attack can't work on the method. */
export const falsehoodOf = (
  { attack, workers, method, random }: Pick<Plan, 'attack' | 'workers' | 'method' | 'random'>,
  dimension: number,
): Falsehood | undefined =>
  attack.kind !== 'gradient'
    ? undefined
    : attack.falsehood({ workers: workers.length, dimension, random: random.fork('attack'), newest: method.newest });
