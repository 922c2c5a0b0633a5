import test from 'ava';
import fc from 'fast-check';

import { parseIdx } from '../../../src/learning/data/idx.js';

const idxBytes = (dimensions: readonly number[], values: readonly number[]): Uint8Array =>
  Uint8Array.from([
    0,
    0,
    8,
    dimensions.length,
    ...dimensions.flatMap((size) => [0, 0, size >> 8, size & 255]),
    ...values,
  ]);

test('reads sizes and values of an array', (t) => {
  const { dimensions, values } = parseIdx(idxBytes([2, 1, 3], [1, 2, 3, 250, 251, 252]), 'images', 3);
  t.deepEqual(dimensions, [2, 1, 3]);
  t.deepEqual([...values], [1, 2, 3, 250, 251, 252]);
});

test('reads sizes of more than one byte, from bytes that start anywhere in their buffer', (t) => {
  const bytes = idxBytes(
    [300],
    Array.from({ length: 300 }, (_, i) => i % 7),
  );
  const shifted = new Uint8Array(bytes.length + 5).subarray(5);
  shifted.set(bytes);
  t.deepEqual(parseIdx(shifted, 'labels', 1), { dimensions: [300], values: bytes.subarray(8) });
});

test('accepts an array without rows', (t) => {
  t.is(parseIdx(idxBytes([0], []), 'labels', 1).values.length, 0);
});

const fault = (bytes: Uint8Array, rank: number, message: string) =>
  test(`says what is wrong: ${message}`, (t) => {
    t.throws(() => parseIdx(bytes, 'F', rank), { instanceOf: Error, message });
  });
fault(new Uint8Array(0), 1, 'F: ends after 0 bytes, expected an IDX header of 8 bytes.');
fault(idxBytes([3], [1, 2, 3]).subarray(0, 6), 1, 'F: ends after 6 bytes, expected an IDX header of 8 bytes.');
fault(
  idxBytes([3], [1, 2, 3]),
  3,
  'F: starts with the magic number 0x00000801, expected 0x00000803 (IDX, unsigned bytes, dimensions: 3).',
);
fault(idxBytes([2, 2], [1, 2, 3]), 2, 'F: holds 3 bytes of values, expected 2 × 2 = 4 from its header.');
fault(idxBytes([2], [1, 2, 3]), 1, 'F: holds 3 bytes of values, expected 2 = 2 from its header.');

test('whatever the bytes, gives as many values as the sizes say or throws one sentence with the name', (t) => {
  const start = fc.constantFrom([], [0, 0, 8, 1], [0, 0, 8, 3], [0, 0, 8, 1, 0, 0, 0]);
  t.notThrows(() =>
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (prefix, rest, rank) => {
        try {
          const { dimensions, values } = parseIdx(Uint8Array.from([...prefix, ...rest]), 'some-file', rank);
          return values.length === dimensions.reduce((a, b) => a * b, 1);
        } catch (error) {
          return error instanceof Error && error.constructor === Error && /^some-file: [^\n]+\.$/.test(error.message);
        }
      }),
    ),
  );
});
