import type { GradientsRule } from '../engine/gradients.js';
import type { KernelSource } from '../kernels/index.js';
import type { Dataset } from '../learning/dataset.js';
import type { ObjectiveSpec } from '../learning/objective-spec.js';
import type { Cache } from './cache.js';

/** Threads that take gradients beside the one that runs the simulation. */
export interface Threads {
  /** How many there are, the one that runs the simulation included. */
  readonly count: number;
  /** The same data where all threads can read it. */
  share(data: Dataset): Dataset;
  /** Takes the gradients of an objective by what it is made of. */
  gradients(spec: ObjectiveSpec): GradientsRule;
}

/** What building a run needs from outside. */
export interface Surroundings {
  /** Folder in which data files are looked for. */
  readonly directory: string;
  /** Folder of the scenario file: traces that the data folder doesn't hold are looked for beside the scenario. */
  readonly beside?: string | undefined;
  /** Data sets read and optima found so far, so that runs which share one make it once. */
  readonly cache?: Cache | undefined;
  /** The loops that runs are made of; SIMD unless given, or plain ones where that is missing. */
  readonly kernels?: KernelSource | undefined;
  /** The threads that take gradients; this one alone unless given. */
  readonly threads?: Threads | undefined;
  /** Bytes that a run may take; as many as there are unless given. */
  readonly memory?: number | undefined;
}
