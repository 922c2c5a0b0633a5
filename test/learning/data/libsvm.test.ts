import test from 'ava';
import fc from 'fast-check';

import { parseLibsvm } from '../../../src/learning/data/libsvm.js';
import type { LibsvmOptions } from '../../../src/learning/data/libsvm.js';

const parse = (text: string, options: Partial<LibsvmOptions> = {}) =>
  parseLibsvm(new TextEncoder().encode(text), 'F', { classes: true, ...options });

test('reads labels and pairs; columns count from 0, zeros are left out', (t) => {
  t.deepEqual(parse('+1 1:0.5 3:-2 7:0\n-1\n1 2:1e-3'), {
    count: 3,
    labels: Float64Array.of(1, -1, 1),
    inputs: {
      kind: 'sparse',
      features: 7,
      starts: Int32Array.of(0, 2, 2, 3),
      columns: Int32Array.of(0, 2, 1),
      values: Float64Array.of(0.5, -2, 0.001),
    },
  });
});

test('takes tabs, carriage returns, comments, blank lines and a missing last newline', (t) => {
  const plain = parse('1 1:2 2:3\n0 2:4\n');
  t.deepEqual(parse('# head\r\n\r\n  1\t1:2  2:3 \t# a:b\r\n\n0 2:4#c\r\n'), plain);
  t.deepEqual(parse('1 1:2 2:3\n0 2:4'), plain);
});

test('keeps the number of features that it is given', (t) => {
  t.is(parse('1 2:1\n', { features: 9 }).inputs.features, 9);
});

test('keeps real labels as targets when asked to', (t) => {
  t.deepEqual(parse('1.5 1:1\n-2e-3 1:1\n', { classes: false }).labels, Float64Array.of(1.5, -0.002));
});

const fault = (text: string, message: string, options: Partial<LibsvmOptions> = {}) =>
  test(`says what is wrong with ${JSON.stringify(text)}: ${message}`, (t) => {
    t.throws(() => parse(text, options), { instanceOf: Error, message });
  });
fault('', 'F: holds no rows, expected a label and index:value pairs on each line.');
fault('# only this\n\n', 'F: holds no rows, expected a label and index:value pairs on each line.');
fault('1 1:1\n0 0:1\n', 'F, line 2: found "0:1", expected an index from 1 to 2147483647.');
fault('\n\n1 4:1\n', 'F, line 3: found "4:1", expected an index from 1 to 3.', { features: 3 });
fault('1 2:1 2:3\n', 'F, line 1: found "2:3", expected an index above 2, the one before it.');
fault('1 2:1 1:3\n', 'F, line 1: found "1:3", expected an index above 2, the one before it.');
fault('1 1.5:3\n', 'F, line 1: found "1.5:3", expected an index from 1 to 2147483647.');
fault('1 qid:3 1:1\n', 'F, line 1: found "qid:3", expected index:value.');
fault('1 3\n', 'F, line 1: found "3", expected index:value.');
fault('1 3 :4\n', 'F, line 1: found "3", expected index:value.');
fault('1 1:\n2:5', 'F, line 1: found "", expected a finite number as value.');
fault('1 1:2:3\n', 'F, line 1: found "2:3", expected a finite number as value.');
fault('1 1:nan\n', 'F, line 1: found "nan", expected a finite number as value.');
fault('1 1:1\n\nyes 1:1\n', 'F, line 3: found "yes", expected a label, which is a finite number.');
fault('1:1 2:1\n', 'F, line 1: found "1:1", expected a label, which is a finite number.');
fault('1,2 1:1\n', 'F, line 1: found "1,2", expected a label, which is a finite number.');
fault('0.5 1:1\n', 'F, line 1: found "0.5", expected a whole number as class.');

const value = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => x !== 0);
const row = fc.tuple(
  fc.integer({ min: -1, max: 20 }),
  fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 500 }), value), { selector: ([index]) => index, maxLength: 12 }),
);

test('gives back what was written', (t) => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
      const sorted = rows.map(([label, pairs]) => [label, pairs.toSorted(([a], [b]) => a - b)] as const);
      const lines = sorted.map(([label, pairs]) => [label, ...pairs.map(([k, x]) => `${k}:${x}`)].join(' '));
      const { count, inputs, labels } = parse(lines.join('\n'));
      t.is(count, rows.length);
      t.deepEqual(
        [...labels],
        sorted.map(([label]) => label),
      );
      sorted.forEach(([, pairs], r) => {
        const [start, end] = [inputs.starts[r]!, inputs.starts[r + 1]!];
        t.deepEqual(
          [...inputs.columns.subarray(start, end)],
          pairs.map(([k]) => k - 1),
        );
        t.deepEqual(
          [...inputs.values.subarray(start, end)],
          pairs.map(([, x]) => x),
        );
      });
      t.is(inputs.features, Math.max(0, ...sorted.flatMap(([, pairs]) => pairs.map(([k]) => k))));
    }),
  );
});

test('whatever the bytes, gives rows in order or throws one sentence with the name', (t) => {
  const characters = fc.constantFrom(...'0123456789:::   \n\n+-.e#\tx\u00e9'.match(/[^]/gu)!);
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.array(characters, { maxLength: 60 }).map((all) => new TextEncoder().encode(all.join(''))),
  );
  t.notThrows(() =>
    fc.assert(
      fc.property(bytes, fc.boolean(), (text, classes) => {
        try {
          const { count, inputs } = parseLibsvm(text, 'some-file', { classes });
          return count > 0 && inputs.columns.every((column) => column >= 0 && column < inputs.features);
        } catch (error) {
          return (
            error instanceof Error &&
            error.constructor === Error &&
            /^some-file(, line \d+)?: [^\n]+\.$/.test(error.message)
          );
        }
      }),
      { numRuns: 1000 },
    ),
  );
});
