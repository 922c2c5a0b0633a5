import type { Reader } from './reader.js';

/** What doesn't happen in every run, counted. */
export interface Incidents {
  /**
   * How often workers turned Byzantine or back: `turns` of single workers, and `rounds` in which somebody did, several turns
   * between the same two server steps being one. Present if there were any.
   */
  readonly identityChanges?: { readonly rounds: number; readonly turns: number };
  /** How often a method's fail-safe filter rejected what the rule made of a round. Present if it ever did. */
  readonly filter?: { readonly trips: number };
}

export interface IncidentsState {
  /** Server steps so far. */
  readonly step: number;
  readonly turns: number;
  readonly rounds: number;
  /** Server steps at the last turn; −1 before the first. */
  readonly turnedAt: number;
  readonly trips: number;
}

const none: IncidentsState = { step: 0, turns: 0, rounds: 0, turnedAt: -1, trips: 0 };

/** Counts changes of identity, and trips of a fail-safe filter. */
export const incidents = (from: IncidentsState = none): Reader<Incidents, IncidentsState> => {
  let { step, turns, rounds, turnedAt, trips } = from;
  return {
    update: (event) => {
      if (event.kind === 'stepped') step = event.step;
      else if (event.kind === 'tripped') trips += 1;
      else if (event.kind === 'turned') {
        turns += 1;
        if (turnedAt !== step) rounds += 1;
        turnedAt = step;
      }
    },
    result: () => ({
      ...(turns > 0 && { identityChanges: { rounds, turns } }),
      ...(trips > 0 && { filter: { trips } }),
    }),
    state: () => ({ step, turns, rounds, turnedAt, trips }),
  };
};
