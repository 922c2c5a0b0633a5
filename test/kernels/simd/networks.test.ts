import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import type { ConvolutionShape, Kernels } from '../../../src/kernels/index.js';
import { stream } from '../../learning/stream.js';
import { bothKernels } from '../both.js';

const { plain, simd } = bothKernels(1 << 28);

/** What stands around an array that a kernel writes, and is to stand there afterwards. */
const FENCE = 7.25;

/** An array of `length` numbers with a fence on either side of it; it begins anywhere, as a layer's parameters do. */
const fenced = ({ memory }: Kernels, length: number, values?: (k: number) => number) => {
  const all = memory.float32(length + 10).fill(FENCE);
  const array = all.subarray(5, 5 + length);
  array.forEach((_, k) => (array[k] = values ? values(k) : NaN));
  return { array, whole: () => [...all.subarray(0, 5), ...all.subarray(5 + length)].every((value) => value === FENCE) };
};

/** Numbers between −1 and 1, the same for both kernels. */
const uniform = (seed: string): ((k: number) => number) => {
  const random = stream(seed);
  const drawn: number[] = [];
  return (k) => {
    while (drawn.length <= k) drawn.push(2 * random.next() - 1);
    return drawn[k]!;
  };
};

/** ‖a − b‖/‖b‖, with at least 1 for ‖b‖: a single sum may come out near 0. */
const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let squares = 0;
  let scale = 1;
  for (let k = 0; k < a.length; k++) {
    squares += (a[k]! - b[k]!) ** 2;
    scale += b[k]! ** 2;
  }
  return Math.sqrt(squares / scale);
};

const seed = fc.nat(9999).map((value) => `networks ${value}`);

const shapes = fc
  .record({
    rows: fc.integer({ min: 1, max: 5 }),
    size: fc.constantFrom(1, 2, 3, 4, 5, 5, 5),
    moreHeight: fc.integer({ min: 1, max: 11 }),
    moreWidth: fc.integer({ min: 1, max: 11 }),
    channels: fc.integer({ min: 1, max: 14 }),
    filters: fc.integer({ min: 1, max: 21 }),
  })
  .map(({ moreHeight, moreWidth, ...rest }): ConvolutionShape => ({
    ...rest,
    height: rest.size + moreHeight,
    width: rest.size + moreWidth,
  }));

/** All that a block computes, in order, and whether it wrote nothing else. */
const runBlock = (kernels: Kernels, shape: ConvolutionShape, name: string, rows = shape.rows) => {
  const { height, width, channels, filters, size } = shape;
  const outputs = rows * ((height - size + 1) >> 1) * ((width - size + 1) >> 1) * filters;
  const count = filters * (size * size * channels + 1);
  const parameters = fenced(kernels, count + 3, uniform(`${name}/parameters`));
  const input = fenced(kernels, rows * height * width * channels, uniform(`${name}/input`));
  const outputGradient = fenced(kernels, outputs, uniform(`${name}/gradient`));
  const output = fenced(kernels, outputs);
  const gradient = fenced(kernels, count + 3, () => FENCE);
  const inputGradient = fenced(kernels, input.array.length);
  const block = kernels.networks.convolutionBlock(shape);
  block.prepare(parameters.array, 3);
  block.forward(rows, input.array, output.array);
  block.parameterGradient(rows, input.array, outputGradient.array, gradient.array, 3);
  block.inputGradient(rows, parameters.array, 3, outputGradient.array, inputGradient.array);
  const written = [output, gradient, inputGradient];
  const again = kernels.memory.float32(outputs);
  block.forward(rows, input.array, again);
  return {
    results: written.map(({ array }) => array),
    again,
    whole: written.every(({ whole }) => whole()) && gradient.array.subarray(0, 3).every((value) => value === FENCE),
  };
};

testProp(
  'convolution blocks of any shape are the plain ones, and write nothing else',
  [shapes, seed],
  (t, shape, name) => {
    const slow = runBlock(plain, shape, name);
    const fast = runBlock(simd, shape, name);
    t.true(fast.whole, 'something else was written');
    slow.results.forEach((result, i) => {
      const apart = distance(fast.results[i]!, result);
      t.true(apart < 1e-5, `result ${i} is ${apart} apart`);
    });
  },
);

testProp('an image’s outputs don’t depend on the images beside it', [shapes, seed], (t, shape, name) => {
  const all = runBlock(simd, shape, name);
  const first = runBlock(simd, shape, name, 1);
  t.deepEqual(all.results[0]!.slice(0, first.results[0]!.length), first.results[0]);
});

testProp('a block’s gradients leave what was prepared alone', [shapes, seed], (t, shape, name) => {
  const { again, results } = runBlock(simd, shape, name);
  t.deepEqual(again, results[0]);
});

for (const channels of [1, 8])
  test(`what isn’t a number stays so through a block of ${channels} channels`, (t) => {
    const shape = { rows: 1, height: 8, width: 8, channels, filters: 6, size: 5 };
    for (const { memory, networks } of [plain, simd]) {
      const block = networks.convolutionBlock(shape);
      const parameters = memory.float32(6 * (25 * channels + 1)).fill(0.5);
      parameters[0] = NaN;
      const output = memory.float32(4 * 6);
      block.prepare(parameters, 0);
      block.forward(1, memory.float32(64 * channels).fill(1), output);
      t.true(output.some(Number.isNaN));
      t.true(output[1]! > 0);
    }
  });

const count = fc.integer({ min: 1, max: 19 });

testProp(
  'dense layers of any size are the plain ones, and write nothing else',
  [count, count, count, seed],
  (t, rows, inputs, width, name) => {
    const [slow, fast] = [plain, simd].map((kernels) => {
      const { forward, parameterGradient, inputGradient } = kernels.networks.dense;
      const parameters = fenced(kernels, width * (inputs + 1) + 2, uniform(`${name}/parameters`));
      const input = fenced(kernels, rows * inputs, uniform(`${name}/input`));
      const outputGradient = fenced(kernels, rows * width, uniform(`${name}/gradient`));
      const output = fenced(kernels, rows * width);
      const gradient = fenced(kernels, width * (inputs + 1) + 2, () => FENCE);
      const toInput = fenced(kernels, rows * inputs);
      forward(rows, inputs, width, input.array, parameters.array, 2, output.array);
      parameterGradient(rows, inputs, width, input.array, outputGradient.array, gradient.array, 2);
      inputGradient(rows, inputs, width, parameters.array, 2, outputGradient.array, toInput.array);
      const written = [output, gradient, toInput];
      t.true(
        written.every(({ whole }) => whole()),
        kernels.kind,
      );
      return written.map(({ array }) => array);
    });
    slow!.forEach((result, i) => t.true(distance(fast![i]!, result) < 1e-5, `result ${i}`));
  },
);

testProp(
  'a dense layer’s row doesn’t depend on the rows beside it',
  [count, count, count, seed],
  (t, rows, inputs, width, name) => {
    const { memory, networks } = simd;
    const parameters = fenced(simd, width * (inputs + 1), uniform(`${name}/parameters`)).array;
    const input = fenced(simd, rows * inputs, uniform(`${name}/input`)).array;
    const all = memory.float32(rows * width);
    const last = memory.float32(width);
    networks.dense.forward(rows, inputs, width, input, parameters, 0, all);
    networks.dense.forward(1, inputs, width, input.subarray((rows - 1) * inputs), parameters, 0, last);
    t.deepEqual(all.slice((rows - 1) * width), last);
  },
);

testProp(
  'batch normalisation is the plain one',
  [fc.integer({ min: 2, max: 19 }), count, seed],
  (t, rows, width, name) => {
    const [slow, fast] = [plain, simd].map((kernels) => {
      const { memory, networks } = kernels;
      const parameters = fenced(kernels, 2 * width, uniform(`${name}/parameters`)).array;
      const input = fenced(kernels, rows * width, uniform(`${name}/input`)).array;
      const outputGradient = fenced(kernels, rows * width, uniform(`${name}/gradient`)).array;
      const moments = memory.float64(2 * width);
      const written = [rows * width, rows * width, rows * width, 2 * width].map((length) => fenced(kernels, length));
      const [normalized, output, inputGradient, gradient] = written.map(({ array }) => array);
      networks.batchNorm.forward(rows, width, input, parameters, 0, moments, normalized!, output!);
      const trained = output!.slice();
      // prettier-ignore
      networks.batchNorm.backward(rows, width, normalized!, moments, parameters, 0, outputGradient, gradient!, inputGradient!);
      networks.batchNorm.predict(rows, width, input, parameters, 0, moments, output!);
      t.true(
        written.every(({ whole }) => whole()),
        kernels.kind,
      );
      return [trained, output!, normalized!, moments, inputGradient!, gradient!];
    });
    slow!.forEach((result, i) => t.true(distance(fast![i]!, result) < 1e-5, `result ${i}`));
  },
);

testProp('the rectifier is the plain one to the last bit', [fc.array(fc.float(), { maxLength: 19 })], (t, values) => {
  const [slow, fast] = [plain, simd].map((kernels) => {
    const { forward, backward } = kernels.networks.relu;
    const input = fenced(kernels, values.length, (k) => values[k]!);
    const output = fenced(kernels, values.length);
    const toInput = fenced(kernels, values.length);
    forward(values.length, input.array, output.array);
    backward(values.length, output.array, input.array, toInput.array);
    t.true(output.whole() && toInput.whole());
    return [Array.from(output.array), Array.from(toInput.array)];
  });
  t.deepEqual(fast, slow);
});

testProp(
  'cross-entropy is the plain one, large logits included',
  [count, fc.integer({ min: 1, max: 12 }), seed, fc.constantFrom(1, 30, 1000)],
  (t, rows, classes, name, scale) => {
    const [slow, fast] = [plain, simd].map((kernels) => {
      const { memory, networks } = kernels;
      const draw = uniform(name);
      const logits = fenced(kernels, rows * classes, (k) => scale * draw(k)).array;
      const labels = memory.int32(rows).map((_, i) => (i * 7) % classes);
      const held = memory.int32(rows);
      held.set(labels);
      const gradient = fenced(kernels, rows * classes);
      const loss = networks.crossEntropy.gradient(rows, classes, logits, held, gradient.array);
      t.true(gradient.whole());
      const total = networks.crossEntropy.total(rows, classes, logits, held);
      const correct = networks.crossEntropy.correct(rows, classes, logits, held);
      return { numbers: [loss, total, correct], gradient: gradient.array };
    });
    t.true(distance(fast!.numbers, slow!.numbers) < 1e-12);
    t.true(fast!.gradient.every((value, k) => Math.abs(value - slow!.gradient[k]!) < 1e-6));
  },
);

test('a loss over logits that aren’t numbers isn’t one', (t) => {
  for (const { memory, networks } of [plain, simd]) {
    const logits = memory.float32(3).fill(NaN);
    t.true(Number.isNaN(networks.crossEntropy.gradient(1, 3, logits, memory.int32(1), memory.float32(3))));
    t.true(Number.isNaN(networks.crossEntropy.total(1, 3, logits, memory.int32(1))));
  }
});

test('kernels hold vectors of their own memory only, in float32', (t) => {
  t.true(simd.networks.holds(simd.memory.float32(3)));
  t.false(simd.networks.holds(new Float32Array(3)));
  t.false(simd.networks.holds(simd.memory.float64(3)));
  t.true(plain.networks.holds(new Float32Array(3)));
  t.false(plain.networks.holds([1, 2]));
});
