import type { Vector } from '../../kernels/vector.js';
import type { Content } from '../event.js';

/** A vector that several letters may hold; it is used anew once nobody holds it any more. */
export interface Sheet {
  readonly vector: Vector;
  /** How many hold it. */
  holders: number;
}

/** A message under way, or kept by its reader. Nodes are numbered from 0: workers first, servers after them. */
export interface Letter {
  readonly from: number;
  readonly to: number;
  readonly content: Content;
  /** Server steps inside the model, or at which the gradient was taken. */
  readonly step: number;
  /** What it holds, if its sender is honest or would be lying with a purpose; requests hold nothing. */
  readonly sheet: Sheet | undefined;
  /** Of several exchanges of one kind in a step, the one that it is about, from 0. */
  readonly round: number;
  /** Whether what it says is up to its sender when it is read, since that is Byzantine and lies in what it sends. */
  readonly forged: boolean;
  /** The longest chain of messages that led to it, itself included. */
  readonly depth: number;
  /** Loss of the minibatch that a gradient was taken on; NaN where there is none. */
  readonly loss: number;
}
