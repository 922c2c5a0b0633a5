import test from 'ava';
import fc from 'fast-check';
import { each } from '../../src/engine/each.js';

test('everybody has what it was given', (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 5 }), (values) => {
      const of = each(values);
      t.deepEqual(
        values.map((_, worker) => of(worker)),
        values,
      );
    }),
  );
});
