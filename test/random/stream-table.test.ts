import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { seededRandom } from '../../src/random/index.js';
import { StreamTable } from '../../src/random/stream-table.js';

const COUNT = 5;

const nameOf = (i: number): string => `worker ${i + 1}/compute`;

testProp(
  'drawn from in any order, each stream is the one of its name',
  [fc.integer(), fc.array(fc.nat(COUNT - 1), { minLength: 1, maxLength: 60 })],
  (t, seed, order) => {
    const root = seededRandom(seed);
    const table = new StreamTable(root, COUNT, nameOf);
    const streams = Array.from({ length: COUNT }, (_, i) => root.fork(nameOf(i)));
    for (const i of order) t.is(table.at(i).next(), streams[i]!.next());
  },
);

test('what is forked off follows from the name, not from the draws', (t) => {
  const root = seededRandom(1);
  const table = new StreamTable(root, COUNT, nameOf);
  table.at(2).next();
  t.is(table.at(2).fork('x').next(), root.fork(`${nameOf(2)}/x`).next());
});

test('a state is read and restored, of its own stream alone', (t) => {
  const table = new StreamTable(seededRandom(1), COUNT, nameOf);
  const fresh = table.at(3).state();
  t.deepEqual(fresh, seededRandom(1).fork(nameOf(3)).state());
  const first = table.at(3).next();
  const other = table.at(4).next();
  table.at(3).restore(fresh);
  t.is(table.at(3).next(), first);
  t.not(table.at(4).next(), other);
});

test('nothing is named or seeded before it is drawn from', (t) => {
  const named: number[] = [];
  const table = new StreamTable(seededRandom(1), COUNT, (i) => (named.push(i), nameOf(i)));
  const stream = table.at(1);
  t.deepEqual(named, []);
  stream.next();
  stream.next();
  t.deepEqual(named, [1]);
});
