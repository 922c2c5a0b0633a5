import { Parts } from '../../src/engine/part-rows.js';
import { RoundServer } from '../../src/engine/round-server.js';
import { plainKernels } from '../../src/kernels/index.js';
import type { Batch } from '../../src/learning/objective.js';
import { dynaBro, type DynaBroOptions } from '../../src/methods/dynabro.js';
import type { RoundContext } from '../../src/methods/round-method.js';
import type { Random } from '../../src/random/random.js';
import type { AggregatorRule } from '../../src/weighted/aggregator.js';
import { weightedMean } from '../../src/weighted/weighted-mean.js';

/** What a test says of a run of DynaBRO without an engine. */
export interface Forced {
  readonly workers?: number;
  readonly dimension?: number;
  readonly rule?: AggregatorRule;
  /** A worker's gradient of this number, from 0. */
  readonly gradientOf?: (worker: number, number: number) => readonly number[];
  readonly context?: Partial<RoundContext>;
}

/** A stream that makes the level drawn next what `level` says: J is the first draw below a half. */
const forcing = (level: () => number): Random => {
  let drawn = 0;
  const stream: Random = {
    next: () => {
      drawn += 1;
      if (drawn < level()) return 0.5;
      drawn = 0;
      return 0.4999;
    },
    fork: () => stream,
    state: () => ({ c: 0, s0: 0, s1: 0, s2: 0 }),
    restore: () => undefined,
  };
  return stream;
};

/** DynaBRO whose levels, gradients and messages a test chooses. Fresh messages hold 77 everywhere. */
export const forcedLevels = (options: Partial<DynaBroOptions> = {}, forced: Forced = {}) => {
  const { workers = 1, dimension = 1, rule = weightedMean(), gradientOf = () => [], context = {} } = forced;
  const kernels = plainKernels();
  let level = 1;
  const taken = new Int32Array(workers);
  const empty = (): Batch => ({ rows: new Int32Array(0), labels: new Float64Array(0), noise: new Float64Array(0) });
  const method = dynaBro({ lr: 1, ...options });
  const run = method.rounds({
    ...{ workers, dimension, precision: 'float64', kernels, model: new Float64Array(dimension), followed: false },
    random: forcing(() => level),
    samples: {
      batch: empty,
      draw: (worker, batch) => Object.assign(batch, { noise: gradientOf(worker, taken[worker]!++) }),
      gradient: (_params, batch, out) => {
        for (let k = 0; k < dimension; k++) out[k] = batch.noise[k]!;
        return batch.noise[0]!;
      },
      whole: () => undefined,
      rowsOf: () => 0,
    },
    ...context,
  });
  const parts = new Parts(dimension, method.parts);
  const shape = { count: workers, dimension, kernels };
  const server = new RoundServer(run, parts, workers, Array.from({ length: method.parts }, () => rule(shape))); // prettier-ignore
  const messages = Array.from({ length: workers }, () => new Float64Array(method.parts * dimension).fill(77));
  const weights = new Float64Array(workers).fill(1);
  return {
    ...{ run, parts, messages, taken },
    /** Begins a round of this level, which needn't be one that is used. */
    begin: (next: number) => {
      level = next;
      run.begin(1);
    },
    /** Has all workers write their messages, and returns the losses that they tell. */
    write: (): readonly number[] => {
      taken.fill(0);
      return messages.map((out, worker) => {
        const loss = run.write(worker, out, null);
        run.pack(worker, out);
        return loss;
      });
    },
    /** What the server makes of the messages as they are. */
    combine: () => {
      const out = new Float64Array(dimension);
      const count = messages.length;
      const tripped = server.combine({ count, dimension: parts.count * dimension, vectors: messages, weights }, out);
      return { aggregate: [...out], tripped };
    },
  };
};
