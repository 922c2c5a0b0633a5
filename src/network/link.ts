import type { Random } from '../random/random.js';
import type { SimulationTime } from '../scheduler/time.js';

/** Something that takes a random, never negative time. */
export interface Delay {
  /** Draws one duration in virtual milliseconds, for what begins at `now`; nothing is asked of an earlier instant afterwards. */
  sample(random: Random, now: SimulationTime): SimulationTime;
  /** What every draw would give, in [0, ∞), where that is always the same and nothing needs to be drawn. */
  readonly span?: SimulationTime;
  /**
   * The delay at the beginning of a run, where its draws hang together: what it remembers belongs to that run and that worker
   * alone. Draws for it come from streams below `random`, which is the one that `sample` will be given.
   */
  start?(random: Random): Delay;
}

/** How long the three phases between a model's leaving the server and the message's arrival there take for one worker. */
export interface Link {
  readonly download: Delay;
  readonly compute: Delay;
  readonly upload: Delay;
}

/** Nothing takes time: for arrival laws without a clock. */
export const instantLink: Link = (() => {
  const instant: Delay = { sample: () => 0, span: 0 };
  return { download: instant, compute: instant, upload: instant };
})();

const phases = ['download', 'compute', 'upload'] as const;

/** A worker's link at the beginning of a run, given the streams of its phases. */
export const startLink = (link: Link, streamOf: (phase: keyof Link) => Random): Link => {
  if (phases.every((phase) => link[phase].start === undefined)) return link;
  const [download, compute, upload] = phases.map((phase) => link[phase].start?.(streamOf(phase)) ?? link[phase]);
  return { download: download!, compute: compute!, upload: upload! };
};
