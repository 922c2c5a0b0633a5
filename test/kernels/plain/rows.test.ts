import test from 'ava';
import fc from 'fast-check';
import type { DenseRows } from '../../../src/kernels/rows.js';
import { rowAxpy } from '../../../src/kernels/plain/row-axpy.js';
import { rowDot } from '../../../src/kernels/plain/row-dot.js';
import { sparse } from '../../learning/synthetic.js';

/** Rows of small integers, many of them 0: every sum below is exact. */
const rows = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }))
  .chain(([features, count]) =>
    fc
      .array(fc.constantFrom(0, 0, 0, -2, 1, 3), { minLength: features * count, maxLength: features * count })
      .map((values): DenseRows => ({ kind: 'dense', features, values: Float32Array.from(values) })),
  );

test('rowDot is the inner product of a row and a part of a vector, dense or sparse', (t) => {
  fc.assert(
    fc.property(rows, fc.nat(3), (inputs, offset) => {
      const vector = Float64Array.from({ length: offset + inputs.features }, (_, k) => k + 1);
      for (let row = 0; row < inputs.values.length / inputs.features; row++) {
        let sum = 0;
        for (let k = 0; k < inputs.features; k++) sum += inputs.values[row * inputs.features + k]! * (offset + k + 1);
        t.is(rowDot(inputs, row, vector, offset), sum);
        t.is(rowDot(sparse(inputs), row, vector, offset), sum);
      }
    }),
  );
});

test('rowAxpy adds a multiple of a row to a part of a vector, dense or sparse', (t) => {
  fc.assert(
    fc.property(rows, fc.nat(3), (inputs, offset) => {
      const { features, values } = inputs;
      for (let row = 0; row < values.length / features; row++) {
        const expected = Float64Array.from({ length: offset + features + 1 }, (_, k) =>
          k >= offset && k < offset + features ? 5 + 2 * values[row * features + k - offset]! : 5,
        );
        for (const form of [inputs, sparse(inputs)]) {
          const out = new Float64Array(offset + features + 1).fill(5);
          rowAxpy(form, row, 2, out, offset);
          t.deepEqual(out, expected);
        }
      }
    }),
  );
});
