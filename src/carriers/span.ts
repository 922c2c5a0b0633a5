import type { Delay } from '../network/index.js';
import type { Random } from '../random/random.js';
import { OutOfRangeError } from '../registry/out-of-range-error.js';
import type { SimulationTime } from '../scheduler/time.js';

/** Each worker's (from 0) delay in a run, begun from its stream when it is first asked for. */
export const startDelays = (
  delays: (worker: number) => Delay,
  streamOf: (worker: number) => Random,
): ((worker: number) => Delay) => {
  const started: (Delay | undefined)[] = [];
  return (worker) => {
    const ready = started[worker];
    if (ready) return ready;
    const delay = delays(worker);
    return (started[worker] = delay.start?.(streamOf(worker)) ?? delay);
  };
};

/** A span as it is. @throws OutOfRangeError unless it is finite and not negative. */
export const checkedSpan = (span: SimulationTime): SimulationTime => {
  if (span >= 0 && span < Infinity) return span;
  throw new OutOfRangeError(`a delay came out as ${span} ms; it must be finite and >= 0`);
};

/** Draws a delay of what begins at `now`. @throws OutOfRangeError unless it is finite and not negative. */
export const spanOf = (delay: Delay, random: Random, now: SimulationTime): SimulationTime =>
  checkedSpan(delay.sample(random, now));
