import type { SimulationTime } from '../scheduler/time.js';

/** The run can't go on: nothing is left that could ever happen, or nothing comes of what does. */
export class DeadlockError extends Error {
  override readonly name = 'DeadlockError';

  constructor(
    /** The instant after which nothing happens. */
    readonly time: SimulationTime,
    waiting: string,
    what: 'nothing is left to happen' | 'nothing comes of what happens' = 'nothing is left to happen',
  ) {
    super(`${what} after ${time} ms of virtual time: ${waiting}`);
  }
}
