import type { Random } from '../random/random.js';
import type { SimulationTime } from '../scheduler/time.js';

/** Something that takes a random, never negative time. */
export interface Delay {
  /** Draws one duration in virtual milliseconds. */
  sample(random: Random): SimulationTime;
}

/** How long the three phases between a model's leaving the server and the message's arrival there take for one worker. */
export interface Link {
  readonly download: Delay;
  readonly compute: Delay;
  readonly upload: Delay;
}

/** Nothing takes time: for arrival laws without a clock. */
export const instantLink: Link = (() => {
  const instant: Delay = { sample: () => 0 };
  return { download: instant, compute: instant, upload: instant };
})();
