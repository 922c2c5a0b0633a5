import type { Observable } from 'rxjs';
import type {
  Dataset,
  Objective,
  Pace,
  Plan,
  Protocol,
  ReadonlyVector,
  SimulationEvent,
  Vector,
  WeightedVectors,
} from '../../src/index.js';
import type * as library from '../../src/index.js';
import { plain } from './plain.js';

/** The public API of this version, or of another one with the same names. */
export type Library = typeof library;

/** One implementation of the arithmetic, as the tasks need it. Undefined stands for what it doesn't have. */
export interface Kernels {
  /** `rows` float32 vectors of zeros, where this implementation likes its vectors to lie. */
  vectors(rows: number, dimension: number): readonly Vector[];
  /** The convolutional network on a data set. */
  cnn(data: Dataset, batch: number): Objective;
  /**
   * A rule's work on these vectors, which it reads at each call, and the result of which it returns; `f` of them may lie.
   * `changed`: the row that alone isn't what it was at the last call; without it, all may be others.
   */
  rule(name: string, input: WeightedVectors, f: number): ((changed?: number) => ReadonlyVector) | undefined;
  /** A run as the stream of its events, with so many threads. */
  run(plan: Plan, protocol: Protocol, pace: Pace, threads: number): Observable<SimulationEvent> | undefined;
}

/** The implementations that can be measured, by their names; a library gives each of them its parts. */
export const kernels: Readonly<Record<string, (library: Library) => Kernels>> = { plain };

/** The implementation that is measured unless another is named. */
export const usualKernels = 'plain';
