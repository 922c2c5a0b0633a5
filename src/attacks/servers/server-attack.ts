import type { Kernels } from '../../kernels/kernels.js';
import type { Precision, ReadonlyVector, Vector } from '../../kernels/vector.js';
import type { Random } from '../../random/random.js';

/** Models, or whatever else servers send: all of one length. */
export interface SeenModels {
  readonly count: number;
  readonly vectors: readonly ReadonlyVector[];
}

/** What a Byzantine server knows when somebody reads what it sent: it knows all. */
export interface ServerView {
  /** Its number, from 1. */
  readonly server: number;
  /** Who reads it: workers are the nodes 1 to n, servers those after them. */
  readonly reader: number;
  /** What the reader reads beside it that honest servers sent; where there is nothing, the honest servers' models now. At least one. */
  readonly honest: SeenModels;
  /** The model with which the run began; 0 where what is read are aggregates, which an edge tells its root. */
  readonly start: ReadonlyVector;
  /** What the reader's filter lets pass: what is at most `radius` >= 0 from `centre`; undefined where there is no such filter. */
  readonly tolerance?: { readonly centre: ReadonlyVector; readonly radius: number } | undefined;
  /** Steps inside what it sends. */
  readonly step: number;
  /** Virtual milliseconds since the run began. */
  readonly time: number;
  /** This server's own stream for this purpose. */
  readonly random: Random;
}

/** Overwrites `out`, which holds what it would have sent if it were honest. */
export type ServerLie = (view: ServerView, out: Vector) => void;

/** What a server's lie is made for: `nodes` is the number of those who may read it, workers and servers together. */
export interface ServerLieShape {
  readonly dimension: number;
  readonly precision: Precision;
  readonly kernels: Kernels;
  readonly nodes: number;
  /** Streams by their name, which the liars share. */
  readonly random: (name: string) => Random;
}

/** How Byzantine servers lie. */
export interface ServerAttackRule {
  /** Claims scratch memory for one server's lies, which remember what they like of it. */
  readonly lie: (shape: ServerLieShape) => ServerLie;
  /** Vectors of the model's length that `lie` claims for each server at most, once for models and once for aggregates; none unless given. */
  readonly vectors?: number | undefined;
  /** Whether a server sends nothing now; something always, unless given. */
  readonly silent?: ((step: number, time: number) => boolean) | undefined;
}
