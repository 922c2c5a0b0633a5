import type { Random } from '../random/random.js';
import type { Every } from '../registry/every.js';

/** Turns a worker (numbered from 0) Byzantine, or honest. */
export type Turn = (worker: number, byzantine: boolean) => void;

/** Who is Byzantine when: a run's Byzantine workers at first, and how they change from round to round. Workers are numbered from 0. */
export interface Switching {
  /** Between two rounds; the first is so much after the run's start. */
  readonly every: Every;
  /** The Byzantine ones among so many workers before the first round. @throws RangeError when there are too few workers. */
  first(workers: number): readonly number[];
  /** The most of so many workers that are Byzantine at a time; as many as at first, unless given. */
  most?(workers: number): number;
  /**
   * Begins a run; what it returns is called in each round. It turns workers honest before it turns others Byzantine, ascending
   * in either case, so that one is honest at any time. Draws come from streams below `random`.
   */
  begin(workers: number, random: Random): (turn: Turn) => void;
}
