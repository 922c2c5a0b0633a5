import type { CompressorRule } from '../../src/compressors/index.js';
import { plainKernels } from '../../src/kernels/index.js';
import type { ReadonlyVector, Vector } from '../../src/kernels/vector.js';
import type { Batch } from '../../src/learning/objective.js';
import { byzVrMarina, type ByzVrMarinaOptions } from '../../src/methods/byz-vr-marina.js';
import type { RoundContext, RoundRun, RoundSamples } from '../../src/methods/round-method.js';
import { seededRandom } from '../../src/random/index.js';
import type { AggregatorRule } from '../../src/weighted/index.js';

export const length = (x: ArrayLike<number>): number => {
  const most = Math.max(...Array.from(x, Math.abs));
  return most === 0 || most === Infinity ? most : most * Math.hypot(...Array.from(x, (value) => value / most));
};

export const minus = (x: ArrayLike<number>, y: ArrayLike<number>): number[] =>
  Array.from(x, (value, k) => value - y[k]!);

/** Least squares on rows drawn here: worker i has rows i·m … i·m + m − 1, and minibatches of `batch`. */
export const leastSquares = ({
  workers,
  dimension,
  rows,
  batch,
  seed = 'rows',
}: Record<'workers' | 'dimension' | 'rows' | 'batch', number> & { readonly seed?: string }) => {
  const random = seededRandom(seed);
  const data = Array.from({ length: workers * rows }, () =>
    Array.from({ length: dimension + 1 }, () => 2 * random.next() - 1),
  );
  const streams = Array.from({ length: workers }, (_, i) => random.fork(`worker ${i + 1}/samples`));
  /** Rows of every minibatch that was drawn, by worker. */
  const drawn: number[][][] = Array.from({ length: workers }, () => []);
  /** How many gradients were taken of so many rows. */
  const taken = new Map<number, number>();
  const gradientOf = (x: ArrayLike<number>, chosen: ArrayLike<number>): number[] => {
    const out = new Array<number>(dimension).fill(0);
    for (const row of Array.from(chosen)) {
      const features = data[row]!;
      const error = out.reduce((sum, _, k) => sum + features[k]! * x[k]!, -features[dimension]!);
      for (let k = 0; k < dimension; k++) out[k]! += error * features[k]!;
    }
    return out.map((value) => value / chosen.length);
  };
  const empty = () => new Float64Array(0);
  const samples: RoundSamples = {
    batch: () => ({ rows: new Int32Array(batch), labels: empty(), noise: empty() }),
    draw(worker, { rows: out }) {
      for (let i = 0; i < out.length; i++) out[i] = worker * rows + Math.floor(streams[worker]!.next() * rows);
      drawn[worker]!.push([...out]);
    },
    gradient(params, { rows: chosen }: Batch, out: Vector) {
      taken.set(chosen.length, (taken.get(chosen.length) ?? 0) + 1);
      out.set(gradientOf(params, chosen));
      return 0;
    },
    whole: (worker) => ({
      rows: Int32Array.from({ length: rows }, (_, i) => worker * rows + i),
      labels: empty(),
      noise: empty(),
    }),
    rowsOf: () => rows,
  };
  return { workers, dimension, samples, drawn, taken, gradientOf };
};

export type Problem = ReturnType<typeof leastSquares>;

/** What happened in a round. */
export interface Played {
  readonly full: boolean;
  readonly called: readonly number[];
  /** What each of them was about to send. */
  readonly written: readonly (readonly number[])[];
  /** What the rule was given, and what came of it. */
  readonly given: readonly (readonly number[])[];
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly radius: number;
}

/** Byz-VR-MARINA-PP on a problem, without an engine: whoever plays a round says what the Byzantine workers send. */
export const stage = (
  options: ByzVrMarinaOptions,
  problem: Problem,
  rule: AggregatorRule,
  { seed = 1, compression }: { readonly seed?: number; readonly compression?: CompressorRule } = {},
) => {
  const { workers, dimension, samples } = problem;
  const kernels = plainKernels();
  const random = seededRandom(seed);
  const shape = { workers, dimension, precision: 'float64', kernels, memory: kernels.memory } as const;
  const model = kernels.memory.vector('float64', dimension);
  const out = kernels.memory.vector('float64', dimension);
  const streams = Array.from({ length: workers }, (_, i) => random.fork(`worker ${i + 1}/compression`));
  const context: RoundContext = {
    ...{ ...shape, model, samples, random: random.fork('method'), followed: false },
    compression: compression && {
      rule: compression,
      compressor: compression.create(shape),
      randomOf: (i) => streams[i]!,
    },
  };
  const run: RoundRun = byzVrMarina(options).rounds(context);
  const aggregator = rule({
    count: workers,
    dimension,
    kernels,
    precision: 'float64',
    random: (name) => random.fork(`rule/${name}`),
  });
  const participants = random.fork('participants');
  const numbers = (name: string): ArrayLike<number> => run.state[name] as Float64Array;
  const draw = (count: number): number[] => {
    const left = Array.from({ length: workers }, (_, i) => i);
    return Array.from({ length: count }, () => left.splice(Math.floor(participants.next() * left.length), 1)[0]!);
  };
  let t = 0;
  const play = (
    tamper: (worker: number, own: readonly number[], full: boolean) => ArrayLike<number> = (_, own) => own,
  ): Played => {
    const called = draw(run.begin((t += 1)).participants!);
    const full = numbers('full')[0] === 1;
    const vectors = called.map(() => kernels.memory.vector('float64', dimension));
    called.forEach((worker, i) => {
      run.write(worker, vectors[i]!, null);
      run.pack(worker, vectors[i]!);
    });
    const written = vectors.map((vector) => [...vector]);
    called.forEach((worker, i) => vectors[i]!.set(tamper(worker, written[i]!, full)));
    const before = [...Array.from(numbers('estimate'))];
    const radius = numbers('radius')[0]!;
    let given: number[][] = [];
    const rows = { count: called.length, dimension, vectors, weights: new Float64Array(workers).fill(1) };
    run.combine(
      {
        ...{ count: called.length, vectors, part: () => rows },
        aggregate: () => (input, to) => {
          given = vectors.map((vector) => [...vector]);
          aggregator(input, to);
        },
      },
      out,
    );
    const after = [...out];
    run.step(t, out, model);
    return { full, called, written, given, before, after, radius };
  };
  return { run, play, model: model as ReadonlyVector, context };
};
