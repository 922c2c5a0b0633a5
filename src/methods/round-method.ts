import type { Kernels } from '../kernels/kernels.js';
import type { Precision, ReadonlyVector, Vector } from '../kernels/vector.js';
import type { Batch } from '../learning/objective.js';
import type { Random } from '../random/random.js';
import type { Aggregator } from '../weighted/aggregator.js';
import type { Compression, PlainState, Samples, Update } from './method.js';

/** Where workers of a method in rounds get samples, and gradients on them. Workers are numbered from 0. */
export interface RoundSamples extends Samples {
  /** Writes ∇f(params; batch) to `out` and what the batch says of the running statistics to `seen`; returns f(params; batch). */
  gradient(params: ReadonlyVector, batch: Batch, out: Vector, seen?: Vector | null): number;
  /** All rows of a worker's share, as it sees them now; undefined where gradients can't be taken of any number of rows. */
  whole(worker: number): Batch | undefined;
  /** Rows of a worker's share; 0 where samples aren't rows. */
  rowsOf(worker: number): number;
}

/** What a method in rounds is told of a run. */
export interface RoundContext {
  readonly workers: number;
  readonly dimension: number;
  readonly precision: Precision;
  readonly kernels: Kernels;
  /** The server's model, as it is at any time: x_1 now. */
  readonly model: ReadonlyVector;
  readonly samples: RoundSamples;
  /** The server's own stream. */
  readonly random: Random;
  /** How messages are compressed, which the method sees to itself; not there where they aren't. */
  readonly compression?: Compression | undefined;
  /** Server steps after which the run ends, if it is to end by steps. */
  readonly steps?: number | undefined;
  /** Whether the rule follows the deviation that it is told. */
  readonly followed: boolean;
  /** κ of the rule that aggregates, for the share of Byzantine messages in a round of the fewest; undefined where nobody knows one. */
  readonly robustness?: number | undefined;
}

/** Messages of a round: a vector of all parts, one after another, for each. */
export interface RoundMessages {
  readonly count: number;
  readonly vectors: readonly Vector[];
  /** The messages' part of this number, as rules read it; the same object for the next round. `deviation` is told to the rule. */
  part(number: number, deviation?: number): Parameters<Aggregator>[0];
  /** The rule for the part of this number: one for each, since rules may remember. */
  aggregate(number: number): Aggregator;
}

/** What is particular about a round. */
export interface Call {
  /** Workers that take part; as many as the protocol says, unless given. */
  readonly participants?: number | undefined;
}

/** A filter's verdict on a round: what was made of the messages differs from what is left by more than the threshold. */
export interface Tripped {
  /** The level whose estimate was rejected. */
  readonly level: number;
  readonly distance: number;
  readonly threshold: number;
}

/** A method in rounds at work: both sides of it, in one run. */
export interface RoundRun extends Update {
  readonly state: PlainState;
  /** Vectors that the messages of the round that is on have; of those that messages have room for, the first. */
  readonly parts: number;
  /** Begins the round that ends in step `t`; the same once more where a round came to nothing. */
  begin(t: number): Call;
  /** Minibatch gradients that the worker's message costs in the round that is on. */
  gradients(worker: number): number;
  /**
   * Takes a worker's gradients at the model as it is now, and writes what its message is made of: the parts one after another, where
   * others can falsify them still. `seen` is where its first minibatch says what running statistics follow, if they do. Returns that
   * minibatch's loss.
   */
  write(worker: number, out: Vector, seen: Vector | null): number;
  /** Makes the message that is sent of what was written: compresses it, for one. */
  pack(worker: number, out: Vector): void;
  /** Size in bits, > 0, of the message that a worker makes in the round that is on; where it isn't known before, of its latest. */
  bits(worker: number): number;
  /** Whether `bits` is right before the message is made, and where it isn't. */
  readonly knownBits: boolean;
  /** How far honest vectors of a part are from the gradient at most in the round that is on, as rules are told; undefined unless it tells. */
  deviation?(part: number): number | undefined;
  /** Writes d̂_t to `out`, made of the round's messages, which may be overwritten; says whether a filter tripped. */
  combine(messages: RoundMessages, out: Vector): Tripped | undefined;
}

/**
 * A method whose server says, before each round, what all are to do in it: how many samples are taken, whether gradients are full,
 * who takes part. It needs a protocol in rounds.
 */
export interface RoundMethod {
  /** Vectors that a message has room for, at least 1. */
  readonly parts: number;
  /** The fewest and the most workers that it calls for a round, all unless given; not there where the protocol says who takes part. */
  readonly participants?: { readonly least?: number | undefined; readonly most?: number | undefined } | undefined;
  /** Whether it tells rules how far honest vectors are from the gradient at most. */
  readonly tellsDeviation?: boolean | undefined;
  /** As that of other methods. */
  readonly newest?: number | undefined;
  /** Claims the memory of one run. @throws RangeError with one sentence for a run that it can't work in. */
  readonly rounds: (context: RoundContext) => RoundRun;
}
