import type { SimulationTime } from './time.js';

/** Virtual time stands still: too many events fired at one instant. */
export class StalledError extends Error {
  override readonly name = 'StalledError';

  constructor(
    /** The instant that the run doesn't get past. */
    readonly time: SimulationTime,
    /** Number of events that fired at it. */
    readonly events: number,
  ) {
    super(
      `${events} events fired at ${time} ms of virtual time without moving it on, and more are due at that instant.`,
    );
  }
}
