import test from 'ava';
import { verdict, type Row } from '../../bench/row.js';

const row = (more: Partial<Row>): Row => ({ name: 'what', value: 3, unit: 'ms', ...more });
const beside = (ratio: number, more: Partial<Row>): Row => row({ ratio, peer: 'PyTorch', ...more });

test('a limit on the value is reached at it, and missed above', (t) => {
  t.deepEqual(verdict(row({ atMost: 3 })), { asked: 'at most 3 ms', reached: true });
  t.deepEqual(verdict(row({ atMost: 2.9 })), { asked: 'at most 2.9 ms', reached: false });
});

test('a rate’s ratio has a least value, a time’s a largest', (t) => {
  t.deepEqual(verdict(beside(20, { atLeast: 20 })), { asked: 'at least 20 ×', reached: true });
  t.deepEqual(verdict(beside(19, { atLeast: 20 })), { asked: 'at least 20 ×', reached: false });
  t.deepEqual(verdict(beside(0.55, { ratioAtMost: 0.55 })), { asked: 'at most 0.55 ×', reached: true });
  t.deepEqual(verdict(beside(0.56, { ratioAtMost: 0.55 })), { asked: 'at most 0.55 ×', reached: false });
});

test('nothing is asked of a row without limits, or without the peer that its limit is about', (t) => {
  t.is(verdict(beside(2, {})), undefined);
  t.is(verdict(row({ ratioAtMost: 0.5, skipped: 'PyTorch isn’t installed' })), undefined);
});

test('a limit on the value holds though the peer is missing', (t) => {
  t.deepEqual(verdict(row({ atMost: 2, skipped: 'NumPy isn’t installed' })), { asked: 'at most 2 ms', reached: false });
});
