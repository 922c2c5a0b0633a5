import { testProp } from '@fast-check/ava';
import test from 'ava';
import { simd } from '../../../src/kernels/index.js';
import type { Kernels } from '../../../src/kernels/index.js';
import { plainRows } from '../../../src/kernels/plain/linear-rows.js';
import type { Tally } from '../../../src/kernels/row-kernels.js';
import type { Examples, Rows } from '../../../src/kernels/rows.js';
import { relativeDistance } from '../../learning/finite-differences.js';
import { sparse } from '../../learning/synthetic.js';
import { cases, drawn, losses } from './linear-cases.js';

const source = await simd();

/** Memory for what a property claims; it is given back with the kernels. */
const BYTES = 1 << 24;
const make = (bytes = BYTES): Kernels => source!.create(bytes);

const withInputs = (examples: Examples, inputs: Rows): Examples => ({ ...examples, inputs });

/** What both forms give for a gradient and a score. */
const both = (
  { model, params, rows, labels }: Pick<ReturnType<typeof drawn>, 'model' | 'params' | 'rows' | 'labels'>,
  train: Examples,
  tested: Examples,
  kernels = make(),
) => {
  const results = [kernels.rows, plainRows()].map((rowKernels) => {
    const { gradient, score } = rowKernels.linear(model, train, tested);
    const point = kernels.memory.float64(params.length);
    const out = kernels.memory.float64(params.length).fill(NaN);
    point.set(params);
    const value = gradient(point, rows, labels, out);
    const tally: Tally = { loss: 1, correct: 1 };
    score(point, 0, tested.count, tally);
    return { value, out, tally, point };
  });
  return { fast: results[0]!, plain: results[1]! };
};

const close = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= 1e-12 * Math.abs(b);
const closeVectors = (a: Float64Array, b: Float64Array): boolean =>
  a.every((value, k) => value === b[k]) || relativeDistance(a, b) < 1e-12;

testProp('dense and sparse rows: SIMD gives what plain loops give', [cases], (t, each) => {
  const draw = drawn(each);
  const { train, test: tested, params } = draw;
  for (const thin of [false, true]) {
    const { fast, plain } = both(
      draw,
      thin ? withInputs(train, sparse(train.inputs)) : train,
      thin ? withInputs(tested, sparse(tested.inputs)) : tested,
    );
    t.true(close(fast.value, plain.value), `value ${fast.value}, not ${plain.value}`);
    t.true(closeVectors(fast.out, plain.out));
    t.true(close(fast.tally.loss, plain.tally.loss));
    t.is(fast.tally.correct, plain.tally.correct);
    t.deepEqual(fast.point, params, 'the parameters are left alone');
  }
});

testProp('parameters that lie elsewhere give the plain loops’ bits', [cases], (t, each) => {
  const { model, train, test: tested, params, rows, labels } = drawn(each);
  const [fast, plain] = [make(), undefined].map((kernels) => {
    const { gradient, score } = (kernels?.rows ?? plainRows()).linear(model, train, tested);
    const out = new Float64Array(params.length);
    const tally = { loss: 0, correct: 0 };
    score(params, 3, 250, tally);
    return { value: gradient(params, rows, labels, out), out, tally };
  });
  t.deepEqual(fast, plain);
});

test('the same inputs give the same bits, in another memory too', (t) => {
  const draw = drawn({
    ...{ loss: 'softmax', classes: 5, features: 19, count: 50, batch: 300, bias: true, l2: 0.1, density: 0.7, seed: 4 },
  });
  const [first, second] = [both(draw, draw.train, draw.test), both(draw, draw.train, draw.test)];
  t.deepEqual(first.fast, second.fast);
});

test('rows that are empty, or have an entry in the first or last column only, count as what they are', (t) => {
  const inputs: Rows = {
    kind: 'sparse',
    features: 7,
    starts: Int32Array.of(0, 0, 1, 1, 2, 4, 4),
    columns: Int32Array.of(0, 6, 0, 6),
    values: Float64Array.of(2, -3, 0.1, 1e-3),
  };
  for (const loss of losses) {
    const outputs = loss === 'softmax' ? 3 : 1;
    const labels = Float64Array.of(0, 1, 1, 0, 1, 0);
    const examples: Examples = { count: 6, inputs, labels };
    const params = Float64Array.from({ length: outputs * 8 }, (_, k) => Math.sqrt(k + 1) - 1.5);
    const { fast, plain } = both(
      {
        model: { loss, outputs, bias: true, l2: 0 },
        params,
        rows: Int32Array.of(0, 1, 2, 3, 4, 5, 0),
        labels: Float64Array.of(...labels, 1),
      },
      examples,
      examples,
    );
    t.true(close(fast.value, plain.value));
    t.true(closeVectors(fast.out, plain.out));
    t.deepEqual(fast.tally.correct, plain.tally.correct);
    t.true(close(fast.tally.loss, plain.tally.loss));
  }
});

test('huge scores neither overflow nor lose the small losses', (t) => {
  const inputs: Rows = { kind: 'dense', features: 1, values: Float32Array.of(1, -1, 1e38, -1e38, 700, -40) };
  const labels = Float64Array.of(1, 0, 1, 0, 1, 0);
  const examples: Examples = { count: 6, inputs, labels };
  for (const loss of ['logistic', 'softmax'] as const) {
    for (const weight of [1, -1, 1e3, -1e3, 1e260, -1e260]) {
      for (const flipped of [false, true]) {
        const { fast, plain } = both(
          {
            model: { loss, outputs: loss === 'softmax' ? 2 : 1, bias: false, l2: 0 },
            params: loss === 'softmax' ? Float64Array.of(0, weight) : Float64Array.of(weight),
            rows: Int32Array.of(0, 1, 2, 3, 4, 5),
            labels: flipped ? labels.map((label) => 1 - label) : labels,
          },
          examples,
          examples,
        );
        t.true(Number.isFinite(fast.value) && fast.out.every(Number.isFinite));
        t.true(close(fast.value, plain.value), `${loss} ${weight}: ${fast.value}, not ${plain.value}`);
        t.true(closeVectors(fast.out, plain.out));
        t.is(fast.tally.correct, plain.tally.correct);
      }
    }
  }
});

test('a loss that is tiny on every row keeps its digits', (t) => {
  const inputs: Rows = { kind: 'dense', features: 1, values: new Float32Array(500).fill(1) };
  const examples: Examples = { count: 500, inputs, labels: new Float64Array(500).fill(1) };
  for (const weight of [30, 45, 200, 700]) {
    const { fast, plain } = both(
      {
        model: { loss: 'logistic', outputs: 1, bias: false, l2: 0 },
        params: Float64Array.of(weight),
        rows: Int32Array.from({ length: 500 }, (_, i) => i),
        labels: examples.labels,
      },
      examples,
      examples,
    );
    t.true(fast.value > 0 && close(fast.value, plain.value));
    t.true(closeVectors(fast.out, plain.out));
  }
});

test('a parameter that isn’t a number shows in the loss and the gradient', (t) => {
  for (const loss of losses) {
    const outputs = loss === 'softmax' ? 2 : 1;
    const inputs: Rows = { kind: 'dense', features: 2, values: Float32Array.of(1, 2, 3, 4) };
    const examples: Examples = { count: 2, inputs, labels: Float64Array.of(0, 1) };
    const { fast } = both(
      {
        ...{ model: { loss, outputs, bias: false, l2: 0 }, params: new Float64Array(2 * outputs).fill(NaN) },
        ...{ rows: Int32Array.of(0, 1), labels: examples.labels },
      },
      examples,
      examples,
    );
    t.is(fast.value, NaN);
    t.true(fast.out.every(Number.isNaN));
  }
});

test('dense rows too large to be copied as a whole are copied a block at a time', (t) => {
  // One row more than 64 MiB; all but a few of the values are 0.
  const features = 1 << 16;
  const count = 257;
  const values = new Float32Array(count * features);
  for (let k = 0; k < values.length; k += 977) values[k] = ((k * 31) % 19) - 9;
  const train: Examples = {
    count,
    inputs: { kind: 'dense', features, values },
    labels: Float64Array.from({ length: count }, (_, row) => row % 2),
  };
  const draw = {
    model: { loss: 'logistic', outputs: 1, bias: true, l2: 0.1 } as const,
    params: Float64Array.from({ length: features + 1 }, (_, k) => ((k % 13) - 6) / 400),
    rows: Int32Array.from({ length: 11 }, (_, i) => (i * 71 + 30) % count),
    labels: Float64Array.from({ length: 11 }, (_, i) => i % 2),
  };
  const { fast, plain } = both(draw, train, train);
  t.true(close(fast.value, plain.value));
  t.true(closeVectors(fast.out, plain.out));
  t.true(close(fast.tally.loss, plain.tally.loss));
  t.is(fast.tally.correct, plain.tally.correct);
});

test('the plain loops claim what the SIMD loops claim, so that a run’s need is known without SIMD', (t) => {
  const {
    model,
    train,
    test: tested,
  } = drawn({
    ...{ loss: 'softmax', classes: 3, features: 9, count: 30, batch: 1, bias: true, l2: 0, density: 0.5, seed: 1 },
  });
  const memory = make().memory;
  plainRows(memory).linear(model, train, withInputs(tested, sparse(tested.inputs)));
  const kernels = make();
  kernels.rows.linear(model, train, withInputs(tested, sparse(tested.inputs)));
  t.is(memory.claimed, kernels.memory.claimed);
  const shared = make();
  shared.rows.linear(model, train, { ...train });
  t.true(shared.memory.claimed < 30 * 9 * 4 * 2 + 8192, 'rows that are tested on too are claimed once');
});
