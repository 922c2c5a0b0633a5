import type { Examples, Rows } from '../kernels/rows.js';
import type { Random } from '../random/random.js';
import type { Shape, WeightedVectors } from '../weighted/aggregator.js';
import type { ReadonlyVector, Vector } from '../kernels/vector.js';

/**
 * What a Byzantine worker may look at: its own data only (`own`), also what the server holds of honest workers, and its model
 * (`honest`), or also the rule by which it aggregates (`defence`).
 */
export type Knowledge = 'own' | 'honest' | 'defence';

/** The widest of what several attacks may look at. */
export const widest = (...all: readonly Knowledge[]): Knowledge =>
  all.includes('defence') ? 'defence' : all.includes('honest') ? 'honest' : 'own';

/** The server's rule, for those who may try lies on it. */
export interface Defence {
  /**
   * Writes to `out` what the server would aggregate if the message that arrives were `lie`: its own rule, with draws of its own,
   * on what it holds by now. What comes after is the attacker's guess. The same for the same lie, as long as one message is looked
   * at: every trial sees the same draws.
   */
  aggregate(lie: ReadonlyVector, out: Vector): void;
}

/** What is seen of the server beside vectors, by those whose knowledge is `honest` or `defence`. */
export interface Progress {
  /** The model now, and where it began. */
  readonly model: ReadonlyVector;
  readonly start: ReadonlyVector;
  /** ‖d̂‖ of the server's last step; 0 before the first. */
  readonly norm: number;
}

/** Those who take part in a round. */
export interface Called {
  readonly count: number;
  /** How many of them are Byzantine now. */
  readonly liars: number;
}

/** What a Byzantine worker sees when its message reaches the server. */
export interface AttackView {
  /**
   * The honest workers' latest vectors at the server, weighted by their number of updates. Where workers turn, those that
   * were sent by a worker that was honest when they arrived.
   * Empty (count 0) for attacks whose knowledge is `own`, and until an honest worker has arrived.
   */
  readonly honest: WeightedVectors;
  /**
   * Updates received from Byzantine workers so far, the arriving one included. Where workers turn, all updates of those whose
   * latest vector arrived while they were Byzantine: the weight of all vectors that aren't among `honest`.
   */
  readonly byzantineWeight: number;
  /** The arriving worker's number, from 1. */
  readonly worker: number;
  /** Its place, from 0, among those who are Byzantine now, by their numbers. O(workers). */
  readonly place: number;
  /** How many are Byzantine now. */
  readonly liars: number;
  /** Who was called for the round that is on, where the protocol calls workers round by round; undefined elsewhere. */
  readonly round?: Called | undefined;
  /** Server steps so far. */
  readonly step: number;
  /** Virtual milliseconds since the run began. */
  readonly time: number;
  /** null where the attack's knowledge is `own`. */
  readonly progress: Progress | null;
  /** null unless the attack's knowledge is `defence`. */
  readonly defence: Defence | null;
  /** The arriving worker's own stream for this purpose. */
  readonly random: Random;
}

/** Overwrites `out`, which holds what an honest worker would have sent (undefined content where the rule doesn't need it). */
export type Attack = (view: AttackView, out: Vector) => void;

/** What a Byzantine worker trains on next, as an honest one would have drawn it: rows of the training data, and their labels. */
export interface Sample {
  readonly rows: Int32Array;
  readonly labels: Float64Array;
}

/** Whether a worker sends nothing, so that its message never arrives; said anew for the same moment, it is the same. */
export type Silence = (view: AttackView) => boolean;

/** What a falsehood in gradients is made for. */
export interface FalsehoodContext {
  readonly workers: number;
  readonly dimension: number;
  /** A stream that all workers share. */
  readonly random: Random;
  /** α, where each message is an exponential average with the share α of the newest gradient; undefined for other methods. */
  readonly newest: number | undefined;
}

/** Falsifies gradients in one run. Workers are numbered from 0; a worker's two calls alternate. */
export interface Falsehood {
  /** A model leaves for a worker, that `lies` if it is Byzantine now: settles what becomes of its gradient. In the order of these calls. */
  readonly ask: (worker: number, lies: boolean) => void;
  /** Writes over the gradient that it takes there: at any time until its next `ask`. */
  readonly falsify: (worker: number, gradient: Vector) => void;
}

/** How Byzantine workers lie, by `kind`: not at all, in the vectors that they send, in their gradients, or in the samples that they train on. */
export type AttackRule =
  /** Nobody lies. */
  | { readonly kind: 'none' }
  /** Lies in the vectors that are sent. `needsOwn`: `out` must hold the worker's honest vector when called. */
  | {
      readonly kind: 'vector';
      readonly knowledge: Knowledge;
      readonly needsOwn: boolean;
      /** Claims scratch memory; `shape.count` is the most workers that are honest at a time, `shape.random` the liars' own together. */
      readonly attack: (shape: Shape) => Attack;
      /** Makes what says that nothing is sent now, so that the attack isn't asked; something always is, unless given. */
      readonly silent?: (() => Silence) | undefined;
    }
  /** Lies in the gradients that a worker's estimator is made of, so that what it remembers is false. @throws RangeError from `falsehood` for a run that it can't work on. */
  | {
      readonly kind: 'gradient';
      readonly knowledge: 'own';
      readonly falsehood: (context: FalsehoodContext) => Falsehood;
    }
  /** Trains honestly on a falsified sample, written over the honest one. `classes` is the number of classes, 0 for regression. */
  | {
      readonly kind: 'data';
      readonly knowledge: 'own';
      readonly falsify: (sample: Sample, classes: number, random: Random) => void;
    };

/** The data of a run, as those see them who falsify features. Images have the shape [height, width, channels], other rows [features]. */
export interface AttackedData {
  readonly name: string;
  readonly shape: readonly number[];
  /** Number of classes; 0 for regression. */
  readonly classes: number;
  readonly train: Examples;
  readonly test: Examples;
}

/** What is left of falsifying features once it has its data. */
export interface Poisoned {
  /** The training inputs: the honest rows, and after them as many falsified ones, which only a falsified sample names. */
  readonly inputs: Rows;
  /** Puts falsified rows in the place of honest ones. */
  readonly attack: AttackRule;
  /** What the attack wants beside harm: examples with the labels that it wants them to be given, and the name of the share that is. */
  readonly aim?: { readonly score: string; readonly examples: Examples };
}

/**
 * Falsifies features: a data attack that is made ready on a run's data before the run begins. Gradients find features by row, in
 * whatever thread, so a row is falsified once, and a sample by naming the falsified row.
 */
export interface PoisonRule {
  readonly kind: 'poison';
  readonly knowledge: 'own';
  /** Whether labels must be classes. */
  readonly needsClasses: boolean;
  /** Throws a RangeError with one sentence where the data don't fit the attack's options. */
  readonly poison: (data: AttackedData, random: Random) => Poisoned;
}
