import test from 'ava';
import { kappaOf, lengthBoundOf } from '../../src/scenario/robustness.js';
import { bucketingConstant } from '../../src/weighted/bucketing-constant.js';

const near = (a: number | undefined, b: number): boolean => a !== undefined && Math.abs(a - b) < 1e-12 * (1 + b);

test('κ of single rules: what is proved, at what they are told', (t) => {
  t.true(near(kappaOf({ kind: 'cwmed' }, 20, 5)?.kappa, 2));
  t.true(near(kappaOf({ kind: 'gm' }, 10, 3)?.kappa, 2.5));
  t.deepEqual(kappaOf({ kind: 'mean' }, 10, 0), { kappa: 0, proved: true });
  t.is(kappaOf({ kind: 'mean' }, 10, 1), undefined);
  t.is(kappaOf({ kind: 'cwmed' }, 4, 2), undefined);
  t.is(kappaOf({ kind: 'centered-clipping', radius: 1 }, 10, 1), undefined);
  const told = kappaOf({ kind: 'trmean', lambda: 0.3 }, 20, 2);
  t.deepEqual(told, kappaOf({ kind: 'trmean', lambda: 0.3 }, 20, 6));
  t.is(kappaOf({ kind: 'trmean', lambda: 0.2 }, 20, 5), undefined);
  t.is(kappaOf({ kind: 'trmean', f: 4 }, 20, 5), undefined);
  t.is(kappaOf({ kind: 'krum', f: 2, variant: 'garfield' }, 20, 2), undefined);
});

test('κ of chains follows from their parts', (t) => {
  const trimmed = { kind: 'ctma', lambda: 0.25, base: { kind: 'cwmed' } };
  t.true(near(kappaOf(trimmed, 20, 5)?.kappa, ((4 * 0.25) / 0.75) * 3));
  const bucketed = { kind: 'bucketing', size: 2, base: { kind: 'cwmed' } };
  t.true(near(kappaOf(bucketed, 20, 4)?.kappa, bucketingConstant({ count: 20, byzantine: 4, size: 2, base: 5 })!));
  // Half of the buckets may have a Byzantine vector.
  t.is(kappaOf(bucketed, 20, 5), undefined);
  t.is(kappaOf({ kind: 'clipping', base: { kind: 'cwmed' } }, 20, 1), undefined);
});

test('F_A: 1 for means, the root of what is fewer for coordinates', (t) => {
  t.is(lengthBoundOf({ kind: 'krum' }, 20, 100), 1);
  t.is(lengthBoundOf({ kind: 'cwmed' }, 4, 100), 2);
  t.is(lengthBoundOf({ kind: 'cwmed' }, 100, 9), 3);
  t.is(lengthBoundOf({ kind: 'bucketing', size: 2, base: { kind: 'cwmed' } }, 8, 100), 2);
  t.is(lengthBoundOf({ kind: 'ctma', lambda: 0.2, base: { kind: 'cwmed' } }, 8, 100), 1);
  t.is(lengthBoundOf({ kind: 'centered-clipping' }, 8, 100), undefined);
});
