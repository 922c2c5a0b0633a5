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
import type * as threadsLibrary from '../../src/threads/index.js';
import { plain } from './plain.js';
import { simd } from './simd.js';

/** The public API of this version, or of another one with the same names. */
export type Library = typeof library;

/** What further threads need, where a version has them. */
export type ThreadsLibrary = typeof threadsLibrary;

/** A run on the network: its parts, and what the network learns from. */
export interface StepRun {
  readonly plan: Plan;
  readonly protocol: Protocol;
  readonly pace: Pace;
  readonly threads: number;
  readonly data: Dataset;
  readonly batch: number;
}

/** One implementation of the arithmetic, as the tasks need it. Undefined stands for what it doesn't have. */
export interface Kernels {
  /** `rows` float32 vectors of zeros, where this implementation likes its vectors to lie. */
  vectors(rows: number, dimension: number): readonly Vector[];
  /** The convolutional network on a data set. */
  cnn(data: Dataset, batch: number): Objective;
  /**
   * A rule's work on these vectors, which it reads at each call, and the result of which it returns; `f` of them may lie.
   */
  rule(name: string, input: WeightedVectors, f: number): (() => ReadonlyVector) | undefined;
  /** A run as the stream of its events, with so many threads, of which each takes gradients of the network on `data`. */
  run(run: StepRun): Observable<SimulationEvent> | undefined;
}

/** The implementations that can be measured, by their names; a library gives each of them its parts. */
export const kernels: Readonly<
  Record<string, (library: Library, threads?: ThreadsLibrary) => Kernels | Promise<Kernels>>
> = {
  simd,
  plain,
};

/** The implementation that is measured unless another is named. */
export const usualKernels = 'simd';
