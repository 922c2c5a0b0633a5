import type { Kernels } from '../kernels/kernels.js';
import type { Dataset } from './dataset.js';
import type { Objective } from './objective.js';

/** What an objective is built on. */
export interface ObjectiveContext {
  /** The data to learn from; undefined when the scenario names none. */
  readonly data: Dataset | undefined;
  /** Number of rows in a sample, at least 1. */
  readonly batch: number;
  /** The run's memory and loops; plain ones unless given. */
  readonly kernels?: Kernels | undefined;
}

/** Builds an objective; throws a RangeError with one sentence when the data don't fit it. */
export type ObjectiveRule<Made extends Objective = Objective> = (context: ObjectiveContext) => Made;
