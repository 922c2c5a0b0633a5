import test from 'ava';
import fc from 'fast-check';
import type { DenseRows } from '../../../src/learning/dataset.js';
import { gatherRows } from '../../../src/learning/kernels/gather-rows.js';
import { sparse } from '../synthetic.js';

/** Rows of small integers, many of them 0: every sum below is exact. */
const rows = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }))
  .chain(([features, count]) =>
    fc
      .array(fc.constantFrom(0, 0, 0, -2, 1, 3), { minLength: features * count, maxLength: features * count })
      .map((values): DenseRows => ({ kind: 'dense', features, values: Float32Array.from(values) })),
  );

test('gatherRows lays rows side by side, overwriting what was there, dense or sparse', (t) => {
  fc.assert(
    fc.property(rows, (inputs) => {
      const { features, values } = inputs;
      const count = values.length / features;
      const order = Int32Array.from({ length: count + 1 }, (_, i) => (count - i + count) % count);
      const expected = Array.from(order.subarray(0, count)).flatMap((row) =>
        Array.from(values.subarray(row * features, (row + 1) * features)),
      );
      for (const form of [inputs, sparse(inputs)]) {
        const out = new Float32Array((count + 1) * features).fill(8);
        gatherRows(form, order, count, out);
        t.deepEqual(Array.from(out), [...expected, ...new Array<number>(features).fill(8)]);
      }
    }),
  );
});
