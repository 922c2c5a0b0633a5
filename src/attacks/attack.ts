import type { Random } from '../random/random.js';
import type { Shape, WeightedVectors } from '../weighted/aggregator.js';
import type { Vector } from '../kernels/vector.js';

/** What a Byzantine worker may look at: its own data only, or also the honest vectors that the server holds. */
export type Knowledge = 'own' | 'honest';

/** What a Byzantine worker sees when its message reaches the server. */
export interface AttackView {
  /**
   * The honest workers' latest vectors at the server, weighted by their number of updates.
   * Empty (count 0) for attacks whose knowledge is `own`, and until an honest worker has arrived.
   */
  readonly honest: WeightedVectors;
  /** Updates received from Byzantine workers so far, the arriving one included. */
  readonly byzantineWeight: number;
  /** The arriving worker's own stream for this purpose. */
  readonly random: Random;
}

/** Overwrites `out`, which holds what an honest worker would have sent (undefined content where the rule doesn't need it). */
export type Attack = (view: AttackView, out: Vector) => void;

/** How Byzantine workers lie, by `kind`: not at all, in the vectors that they send, or in the labels that they train on. */
export type AttackRule =
  /** Nobody lies. */
  | { readonly kind: 'none' }
  /** Lies in the vectors that are sent. `needsOwn`: `out` must hold the worker's honest vector when called. */
  | {
      readonly kind: 'vector';
      readonly knowledge: Knowledge;
      readonly needsOwn: boolean;
      /** Claims scratch memory; `shape.count` is the number of honest workers. */
      readonly attack: (shape: Shape) => Attack;
    }
  /** Trains honestly on falsified labels, written over `labels[0..count)`. `classes` is the number of classes, 0 for regression. */
  | {
      readonly kind: 'data';
      readonly knowledge: 'own';
      readonly falsify: (labels: Float64Array, count: number, classes: number, random: Random) => void;
    };
