import { defer, filter, map, type OperatorFunction, tap } from 'rxjs';
import type { SimulationEvent } from '../engine/event.js';
import { type JsonNumber, type JsonScores, jsonScores } from './json-number.js';
import type { Reader } from './reader.js';

/**
 * One line of metrics.jsonl: a scored model, and what the server had seen by then. Besides the keys below it holds one
 * per score, by name, between `messages` and `byzantineShare`; a score that is not finite is `null`.
 */
export interface Measurement {
  /** Virtual milliseconds since the run began. */
  readonly time: number;
  /** Server steps inside the model that was scored. */
  readonly step: number;
  /** Messages received by the server so far. */
  readonly messages: number;
  /** Share of Byzantine ones among all messages so far; 0 before the first. */
  readonly byzantineShare: number;
  /** Mean staleness of all messages so far, in server steps; 0 before the first. */
  readonly stalenessMean: number;
  readonly [score: string]: JsonNumber;
}

/** Sums from which the next measurement follows, and the last one made. */
export interface MeasureState {
  readonly received: number;
  readonly byzantine: number;
  readonly stalenessSum: number;
  readonly last: Measurement | null;
}

/** The columns of metrics.jsonl beside the scores; some runs don't have some. */
export const measuredColumns: readonly string[] = [
  ...[
    'time',
    'step',
    'messages',
    'byzantineShare',
    'stalenessMean',
    'byzantineWeight',
    'bytesDown',
    'bytesUp',
    'bytesBetween',
  ],
  ...['utilisation', 'honestSpread', 'byzantineDistance', 'gradients', 'passes'],
];

/** Turns evaluations into measurements; the result is the last one, `null` before the first. RangeError if a score has the name of a key. */
export const measure = (from?: MeasureState): Reader<Measurement | null, MeasureState> => {
  let received = from?.received ?? 0;
  let byzantine = from?.byzantine ?? 0;
  let stalenessSum = from?.stalenessSum ?? 0;
  let last = from?.last ?? null;
  return {
    update: (event) => {
      if (event.kind === 'received') {
        received += 1;
        stalenessSum += event.staleness;
        if (event.byzantine) byzantine += 1;
      } else if (event.kind === 'evaluated') {
        const taken = measuredColumns.find((name) => Object.hasOwn(event.scores, name));
        if (taken !== undefined)
          throw new RangeError(`A score is called "${taken}", which measurements use themselves.`);
        last = {
          time: event.time,
          step: event.step,
          messages: event.messages,
          ...jsonScores(event.scores),
          byzantineShare: received === 0 ? 0 : byzantine / received,
          stalenessMean: received === 0 ? 0 : stalenessSum / received,
        };
      }
    },
    result: () => last,
    state: () => ({ received, byzantine, stalenessSum, last }),
  };
};

/**
 * Operator: one measurement per evaluation, as it happens. Give the state of an earlier `measure` to go on from there, and
 * `columns` for what is to stand at the end of the line, besides.
 */
export const measurements =
  (from?: MeasureState, columns: () => JsonScores = () => ({})): OperatorFunction<SimulationEvent, Measurement> =>
  (source) =>
    defer(() => {
      const reader = measure(from);
      return source.pipe(
        tap((event) => reader.update(event)),
        filter((event) => event.kind === 'evaluated'),
        map(() => reader.result()),
        filter((measurement) => measurement !== null),
        map((measurement) => ({ ...measurement, ...columns() })),
      );
    });
