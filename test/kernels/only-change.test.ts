import test from 'ava';
import { ANYTHING, NOTHING, OnlyChange } from '../../src/kernels/only-change.js';
import { telling } from './telling.js';

const started = (count: number, most = count) => {
  const input = telling(count, 1, (i) => i, most);
  const change = new OnlyChange();
  return { input, change, first: change.next(input) };
};

test('the first time anything may have changed', (t) => t.is(started(3).first, ANYTHING));

test('the only vector that has changed is told, once', (t) => {
  const { input, change } = started(3);
  input.change(1, [5], 2);
  t.is(change.next(input), 1);
  t.is(change.next(input), NOTHING);
});

test('one that was appended is told', (t) => {
  const { input, change } = started(3, 4);
  input.change(3, [5], 2);
  t.is(change.next(input), 3);
});

test('after two changes anything may have changed, and after one more only that', (t) => {
  const { input, change } = started(3, 5);
  input.change(1, [5], 2);
  input.change(0, [5], 2);
  t.is(change.next(input), ANYTHING);
  input.change(2, [1], 1);
  t.is(change.next(input), 2);
});

test('one that is taken out, or in elsewhere than at the end, may have moved others', (t) => {
  const { input, change } = started(3);
  t.is(change.next({ ...input, count: 2, version: input.version + 1, latest: 0 }), ANYTHING);
  t.is(change.next({ ...input, count: 3, version: input.version + 2, latest: 1 }), ANYTHING);
  t.is(change.next({ ...input, count: 4, version: input.version + 2, latest: 3 }), ANYTHING);
});

test('without a version anything may have changed, however often', (t) => {
  const { input, change } = started(3);
  const silent = { ...input, version: undefined };
  t.is(change.next(silent), ANYTHING);
  t.is(change.next(silent), ANYTHING);
  t.is(change.next(input), ANYTHING);
});

test('what is forgotten may have changed', (t) => {
  const { input, change } = started(3);
  change.forget();
  t.is(change.next(input), ANYTHING);
  t.is(change.next(input), NOTHING);
});
