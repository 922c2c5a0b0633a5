/** The workers of a run, numbered from 0, as those who time messages know them. */
export interface Crew {
  /** Computations per virtual second, of each worker. */
  readonly speeds: readonly number[];
  /** Whether a worker is Byzantine now. */
  readonly byzantine: (worker: number) => boolean;
}

/**
 * When messages arrive that somebody means to arrive then: beside an attack, which says what is in them. Workers are numbered
 * from 0; times are virtual milliseconds.
 */
export interface Timing {
  /** How long a worker takes for work that was drawn to take `span`. Asked once a round, when the model leaves the server at `now`. */
  work?(worker: number, span: number): number;
  /** For how long a message is held back that would arrive `now`; Infinity: until `follow` lets it in, or for ever. Asked once a message. */
  hold?(worker: number, now: number): number;
  /** Whose message, if it is held back, is let in as that of `worker` has arrived, and in how long. */
  follow?(worker: number): Iterable<readonly [follower: number, span: number]>;
  /** The workers that an option names, where it has no effect on one that is Byzantine throughout. */
  readonly honest?: { readonly option: string; readonly workers: readonly number[] };
  /** For how long messages are held back that aren't let in, as the end of a sentence: "until …". */
  readonly until?: string;
}

/** Makes the timing of one run. @throws RangeError with one sentence for workers that there aren't. */
export type TimingRule = (crew: Crew) => Timing;

/** Whose messages, in words: the fastest or the slowest honest worker, or a worker by its number from 1. */
export type Whose = 'fastest' | 'slowest' | number;

/** The honest workers from the fastest to the slowest, those of one speed by their numbers. */
export const bySpeed = ({ speeds, byzantine }: Crew): readonly number[] =>
  Array.from(speeds.keys())
    .filter((worker) => !byzantine(worker))
    .sort((a, b) => speeds[b]! - speeds[a]! || a - b);

/** A worker, from 0, by its number from 1. @throws RangeError when there is none. */
export const workerOf = (id: number, { speeds }: Crew): number => {
  if (id > speeds.length) throw new RangeError(`worker ${id} found; ids are 1 to ${speeds.length}`);
  return id - 1;
};
