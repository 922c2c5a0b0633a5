import { type JsonNumber, jsonNumber } from './json-number.js';
import type { Reader } from './reader.js';

/** How far apart honest servers' models were before they agreed on them, and after it. */
export interface Contraction {
  /** How often they agreed. */
  readonly agreements: number;
  /** Mean of after/before over the agreements before which models differed; `null` where they never did. */
  readonly meanRatio: JsonNumber;
  /** The largest distance between two honest servers' models after an agreement. */
  readonly largestAfter: JsonNumber;
  readonly last: { readonly step: number; readonly before: JsonNumber; readonly after: JsonNumber };
}

export interface ContractionState {
  readonly agreements: number;
  readonly ratios: number;
  /** `null` once it isn't finite. */
  readonly sum: JsonNumber;
  readonly largestAfter: JsonNumber;
  readonly last: Contraction['last'] | null;
}

const nothing: ContractionState = { agreements: 0, ratios: 0, sum: 0, largestAfter: 0, last: null };

/** Follows how agreements contract honest servers' models; undefined where there was no agreement. */
export const contraction = (from: ContractionState = nothing): Reader<Contraction | undefined, ContractionState> => {
  let state = from;
  return {
    update: (event) => {
      if (event.kind !== 'contracted') return;
      const { step, before, after } = event;
      const { agreements, ratios, sum, largestAfter } = state;
      const differed = before > 0;
      state = {
        agreements: agreements + 1,
        ratios: ratios + (differed ? 1 : 0),
        sum: sum === null ? null : jsonNumber(sum + (differed ? after / before : 0)),
        largestAfter: largestAfter === null ? null : jsonNumber(Math.max(largestAfter, after)),
        last: { step, before: jsonNumber(before), after: jsonNumber(after) },
      };
    },
    result: () => {
      const { agreements, ratios, sum, largestAfter, last } = state;
      if (last === null) return undefined;
      return { agreements, meanRatio: sum === null || ratios === 0 ? null : sum / ratios, largestAfter, last };
    },
    state: () => state,
  };
};
