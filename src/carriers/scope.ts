import { z } from 'zod';
import { instantOption, parseInstant } from '../registry/duration.js';
import { rangesOf, workersOption, type WorkerSet } from '../registry/workers.js';
import type { SimulationTime } from '../scheduler/time.js';

/** What leaves when, to or from whom, for a rule to be about it. */
export interface ScopeOptions {
  /** All, unless given. */
  readonly workers?: WorkerSet | undefined;
  /** Durations since the run began; from its beginning, and to its end, unless given. */
  readonly from?: number | string | undefined;
  readonly until?: number | string | undefined;
  /** Models, messages, or both. */
  readonly phase?: 'download' | 'upload' | 'both' | undefined;
}

export interface Scope {
  /** @throws RangeError when it names a worker that there isn't. */
  readonly check: (workers: number) => void;
  /** Whether a rule is about what leaves now. */
  has(worker: number, phase: 'download' | 'upload', now: SimulationTime): boolean;
  /** When it ends, in virtual milliseconds. */
  readonly until: SimulationTime;
}

const instant = (value: number | string | undefined, otherwise: number, name: string): number => {
  if (value === undefined) return otherwise;
  const time = parseInstant(value);
  if (time === undefined) throw new RangeError(`${name}: "${value}" is no instant, such as 0s, 90s or 5 min`);
  return time;
};

/** @throws RangeError when it can never hold. */
export const scopeOf = ({ workers, from, until, phase = 'both' }: ScopeOptions): Scope => {
  const [begin, end] = [instant(from, 0, 'from'), instant(until, Infinity, 'until')];
  if (!(begin < end)) throw new RangeError(`from must be before until, got ${from ?? 0} and ${until}`);
  const ranges = workers && rangesOf(workers);
  const largest = ranges?.reduce((most, [, last]) => Math.max(most, last), 0) ?? 0;
  const named = ranges && new Uint8Array(largest);
  for (const [first, last] of ranges ?? []) named!.fill(1, first - 1, last);
  return {
    check: (count) => {
      if (largest > count) throw new RangeError(`workers: worker ${largest} found; ids are 1 to ${count}`);
    },
    has: (worker, name, now) =>
      now >= begin && now < end && (phase === 'both' || phase === name) && (named === undefined || named[worker] === 1),
    until: end,
  };
};

export const windowParameters = {
  from: instantOption('when, since the run began, the rule begins to hold').optional(),
  until: instantOption('when it holds no longer').optional(),
};

/** The options of a scope, for rules that can be about anything that leaves. */
export const scopeParameters = {
  workers: workersOption('the workers that it is about; all unless given').optional(),
  ...windowParameters,
  phase: z
    .enum(['download', 'upload', 'both'])
    .default('both')
    .describe('models on their way to workers, messages on their way to the server, or both'),
};

/** The schema of a share of what leaves. */
export const shareOption = (description: string) => z.number().min(0).max(1).describe(`${description}, in [0, 1]`);
