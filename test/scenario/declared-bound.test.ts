import test from 'ava';
import { declaredBound } from '../../src/scenario/declared-bound.js';
import { smallBut } from './small-scenario.js';

const boundOf = (aggregator: unknown, weights = 'uniform') => declaredBound(smallBut({ aggregator, weights }));

test('a chain withstands what the least of its rules does', (t) => {
  t.deepEqual(boundOf('cwmed'), {});
  t.deepEqual(boundOf([{ kind: 'ctma', lambda: 0.3 }, 'gm']), { lambda: 0.3 });
  t.deepEqual(boundOf([{ kind: 'ctma', lambda: 0.3 }, { kind: 'trmean', lambda: 0.2 }]), { lambda: 0.2 }); // prettier-ignore
  t.deepEqual(boundOf([{ kind: 'bucketing', size: 2 }, { kind: 'trmean', lambda: 0.2 }]), { lambda: 0.1 }); // prettier-ignore
  t.deepEqual(boundOf([{ kind: 'nnm', f: 2 }, { kind: 'krum', f: 1 }]), { f: 1 }); // prettier-ignore
});

test('a lambda that is no share isn’t one', (t) => {
  t.deepEqual(boundOf([{ kind: 'clipped-differences', lambda: 0.01 }, 'cwmed']), {});
  t.deepEqual(boundOf([{ kind: 'clipped-differences', lambda: 0.01 }, { kind: 'trmean', lambda: 0.2 }]), { lambda: 0.2 }); // prettier-ignore
});
