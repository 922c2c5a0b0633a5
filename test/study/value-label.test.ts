import test from 'ava';
import { valueLabel } from '../../src/study/value-label.js';

test('values are called by what tells them apart', (t) => {
  t.is(valueLabel('krum'), 'krum');
  t.is(valueLabel(0.5), '0.5');
  t.is(valueLabel({ kind: 'little', z: 1.5 }), 'little (z 1.5)');
  t.is(valueLabel({ kind: 'ctma', lambda: 0.4, base: { kind: 'cwmed' } }), 'ctma (lambda 0.4) + cwmed');
  t.is(valueLabel([{ kind: 'nnm', f: 2 }, 'krum']), 'nnm (f 2) + krum');
  t.is(valueLabel({ kind: 'optimal', attack: { kind: 'little', z: 1 } }), 'optimal (attack little (z 1))');
  t.is(valueLabel({ steps: 5 }), '{"steps":5}');
  t.is(valueLabel('x'.repeat(100)).length, 60);
});
