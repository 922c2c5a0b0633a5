import { defer, map, type OperatorFunction, reduce } from 'rxjs';
import type { SimulationEvent } from '../engine/event.js';

/**
 * Something that is learnt from a run's events, in order. Asking for `result` or `state` changes neither.
 * A reader made from the `state` of another goes on where that one stood; `State` is plain data that survives JSON.
 */
export interface Reader<Result, State> {
  update(event: SimulationEvent): void;
  result(): Result;
  state(): State;
}

/** Operator: feeds a fresh reader with a whole run and emits its result when the run completes. */
export const readWith =
  <Result, State>(make: () => Reader<Result, State>): OperatorFunction<SimulationEvent, Result> =>
  (source) =>
    defer(() =>
      source.pipe(
        reduce((reader, event) => {
          reader.update(event);
          return reader;
        }, make()),
        map((reader) => reader.result()),
      ),
    );
