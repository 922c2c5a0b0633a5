/** What must be kept to go on drawing from a stream where it stopped. Plain data. */
export interface RandomState {
  readonly c: number;
  readonly s0: number;
  readonly s1: number;
  readonly s2: number;
}

/** A stream of independent uniform draws, named by its path from the scenario's seed. */
export interface Random {
  /** The next draw from [0, 1), with 53 random bits. */
  next(): number;
  /** The stream called `name` below this one: the same path gives the same stream, however much has been drawn elsewhere. */
  fork(name: string): Random;
  /** Where this stream stands. */
  state(): RandomState;
  /** Puts this stream back to where `state` was taken. */
  restore(state: RandomState): void;
}
