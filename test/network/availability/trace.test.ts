import test from 'ava';
import { availabilities } from '../../../src/network/index.js';
import { parseTrace } from '../../../src/network/availability/trace.js';
import { seededRandom } from '../../../src/random/index.js';
import { marbles } from './marbles.js';

const csv = ['worker,time,available', '1,2ms,false', '2,0,0', '# a remark', '', '1,4ms,true', '2,5ms,1', '1,4ms,false'].join('\n'); // prettier-ignore

test('lines of CSV, with units or in seconds, in the order of the header', (t) => {
  const changes = [
    [2, false],
    [4, true],
    [4, false],
  ] as const;
  t.deepEqual(parseTrace(csv, 'x', 9).get(1), [...changes]);
  t.deepEqual(parseTrace('2,0,0\n2,0.5,true', 'x', 9).get(2), [[0, false], [500, true]]); // prettier-ignore
  t.deepEqual(parseTrace('available, worker, time\r\nTRUE, 3, 1s\r\n', 'x', 9).get(3), [[1000, true]]);
});

test('lines of JSON', (t) => {
  const text = '{"worker":1,"time":1.5,"available":false}\n{"time":"2s","available":1,"worker":1}\n';
  t.deepEqual(parseTrace(text, 'x', 9).get(1), [[1500, false], [2000, true]]); // prettier-ignore
});

test('what is no trace is refused with file and line', (t) => {
  const refusals: Readonly<Record<string, RegExp>> = {
    '1,2': /^x, line 1: found "1,2", expected worker,time,available\.$/,
    '1,2,true\n0,2,true': /^x, line 2: found "0,2,true", expected the number of a worker, counted from 1\.$/,
    ',2,true': /the number of a worker/,
    '1.5,2,true': /the number of a worker/,
    '1,-2,true': /^x, line 1: found "1,-2,true", expected a time >= 0/,
    '1,NaN,true': /expected a time >= 0/,
    '1,,true': /expected a time >= 0/,
    '1,2,maybe': /expected available as true, false, 1 or 0/,
    '1,2,true\n2,1,true\n1,1,false': /^x, line 3: .*expected a time no earlier than the one before of worker 1/,
    '{"worker":1': /^x, line 1: found .*, expected a line of JSON\.$/,
    '{"worker":1,"available":true}': /expected a time >= 0/,
    '{"worker":"1","time":1,"available":true}': /the number of a worker/,
    '9,2,true\n10,2,true': /^x, line 2: worker 10 found; ids are 1 to 9\.$/,
    '{"worker":12,"time":1,"available":true}': /^x, line 1: worker 12 found; ids are 1 to 9\.$/,
    'worker,time,available\n': /^x: is empty/,
    '': /^x: is empty/,
  };
  for (const [text, message] of Object.entries(refusals)) t.throws(() => parseTrace(text, 'x', 9), { message }, text);
});

test('workers follow the file; those that it doesn’t name are there', (t) => {
  const source = availabilities.trace.create({ file: 'x', during: 'lose' });
  if (source.kind !== 'file') throw new Error('no file');
  const rule = source.read(new TextEncoder().encode(csv), 'x', 9);
  const draw = (worker: number): string =>
    marbles((scheduler) => rule({ worker, variables: {} }).presence(scheduler, seededRandom(1)), 9);
  t.deepEqual([draw(1), draw(2), draw(3)], ['??---|', '-----+|', '?|']);
  t.is(rule({ worker: 1, variables: {} }).during, 'lose');
});
