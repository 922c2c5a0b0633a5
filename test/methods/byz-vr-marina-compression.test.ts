import test from 'ava';
import { identity, l2Quantization, randK, topK, type CompressorRule } from '../../src/compressors/index.js';
import { plainKernels } from '../../src/kernels/index.js';
import { seededRandom } from '../../src/random/index.js';
import { weightedMean } from '../../src/weighted/index.js';
import { leastSquares, length, minus, stage } from './marina-stage.js';

const shape = { workers: 4, dimension: 6, rows: 12, batch: 2 };
const options = { lr: 0.1, probability: 0.25, sample: 3, clip: 0.5 } as const;

/** The compressor once more, with streams of the same names. */
const twin = (rule: CompressorRule) => {
  const compressor = rule.create({ ...shape, precision: 'float64', memory: plainKernels().memory });
  const streams = Array.from({ length: shape.workers }, (_, i) => seededRandom(3).fork(`worker ${i + 1}/compression`));
  return (worker: number, x: readonly number[]) => {
    const vector = Float64Array.from(x);
    const bits = compressor.compress(worker, vector, streams[worker]!);
    return { vector: [...vector], bits };
  };
};

for (const [name, rule] of [
  ['randk', randK({ k: 2 })],
  ['l2-quantization', l2Quantization()],
] as const)
  // prettier-ignore
  test(`a message is clip_λ(Q(Δ̂)), in this order, and a full gradient is dense: ${name}`, (t) => {
    const problem = leastSquares(shape);
    const { play, run, model } = stage(options, problem, weightedMean(), { seed: 3, compression: rule });
    const compress = twin(rule);
    t.is(run.knownBits, name === 'randk');
    let [previous, shortened, otherwise] = [Array.from(model), 0, 0];
    const sizes = new Set<number>();
    for (let k = 0; k < 60; k++) {
      const here = Array.from(model);
      const { full, called, written, radius } = play();
      for (const [i, worker] of called.entries()) {
        if (full) {
          t.is(run.bits(worker), 64 * 6);
          t.deepEqual(written[i], problem.gradientOf(here, problem.samples.whole(worker)!.rows));
          continue;
        }
        const rows = problem.drawn[worker]!.at(-1)!;
        const difference = minus(problem.gradientOf(here, rows), problem.gradientOf(previous, rows));
        const { vector, bits } = compress(worker, difference);
        const cut = Math.min(1, radius / length(vector));
        t.true(length(minus(written[i]!, vector.map((value) => value * cut))) <= 1e-14 * length(vector)); // prettier-ignore
        t.is(run.bits(worker), bits);
        sizes.add(bits);
        if (cut < 1) shortened += 1;
        // The other order would send something longer than λ, or shorter.
        if (cut < 1 && length(difference) < radius) otherwise += 1;
      }
      previous = here;
    }
    t.true(shortened > 10 && otherwise > 0);
    // 3 bits tell which of 6 numbers is meant.
    if (name === 'randk') t.deepEqual([...sizes], [2 * (64 + 3)]);
    else t.true(sizes.size > 2 && [...sizes].every((bits) => (bits - 64) % 4 === 0));
  });

test('the identity is no compression', (t) => {
  const runs = [{ seed: 3 }, { seed: 3, compression: identity() }].map((settings) => {
    const { play, run } = stage(options, leastSquares(shape), weightedMean(), settings);
    return Array.from({ length: 20 }, () => [play(), run.bits(0), run.bits(1)]);
  });
  t.deepEqual(runs[0], runs[1]);
});

test('biased compressors are refused in a sentence', (t) => {
  t.throws(() => stage(options, leastSquares(shape), weightedMean(), { compression: topK({ k: 1 }) }), {
    instanceOf: RangeError,
    message:
      'byz-vr-marina-pp needs an unbiased compressor, such as randk or l2-quantization, since errors of differences add up from round to round',
  });
});
