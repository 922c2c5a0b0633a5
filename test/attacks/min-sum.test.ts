import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { minSum } from '../../src/attacks/min-sum.js';
import type { Perturbation } from '../../src/attacks/perturbation.js';
import { crowd, lie, meanOf, repeated, squaredDistance, view } from './cases.js';

const perturbation = fc.constantFrom<Perturbation>('unit', 'sign', 'std');

test('of 0, 3 and 6 the middle one is at the mean: the lie is, too, or as far away as 0', (t) => {
  const seen = view([[0], [3], [6]], [1, 1, 1], 1);
  t.deepEqual(lie(minSum(), seen, [9]), [3]);
  t.true(Math.abs(lie(minSum({ bound: 'max' }), seen, [9])[0]!) < 1e-12);
});

for (const bound of ['min', 'max'] as const) {
  testProp(`its squared distances add up to the ${bound} of honest ones`, [crowd, perturbation], (t, each, kind) => {
    const lies = lie(minSum({ perturbation: kind, bound }), view(each.vectors, each.weights, 1), [0, 0, 0]);
    const copies = repeated(each);
    const sumOf = (x: readonly number[]): number => copies.reduce((sum, y) => sum + squaredDistance(x, y), 0);
    const limit = Math[bound](...copies.map(sumOf));
    t.true(sumOf(lies) <= limit + 1e-4 * (1 + limit));
    if (squaredDistance(lies, meanOf(each)) > 0) t.true(Math.abs(sumOf(lies) - limit) <= 1e-4 * (1 + limit));
  });
}
