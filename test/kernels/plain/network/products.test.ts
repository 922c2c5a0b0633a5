import test from 'ava';
import fc from 'fast-check';
import { addCombination } from '../../../../src/kernels/plain/network/add-combination.js';
import { gemm } from '../../../../src/kernels/plain/network/gemm.js';
import { stream } from '../../../learning/stream.js';

const uniform = (seed: number, length: number): Float32Array => {
  const random = stream(`uniform ${seed}`);
  return Float32Array.from({ length }, () => 2 * random.next() - 1);
};
const size = fc.integer({ min: 1, max: 11 });
const seed = fc.nat();
const close = (a: Float32Array, b: readonly number[]) =>
  a.length === b.length && b.every((value, k) => Math.abs(value - a[k]!) < 1e-5);

/** Σ over k of a(i, k)·b(k, j), entry by entry. */
const product = (
  rows: number,
  columns: number,
  length: number,
  a: (i: number, k: number) => number,
  b: (k: number, j: number) => number,
): number[] =>
  Array.from({ length: rows * columns }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < length; k++) sum += a(Math.floor(at / columns), k) * b(k, at % columns);
    return sum;
  });

test('gemm multiplies matrices of every size, either one transposed', (t) => {
  fc.assert(
    fc.property(size, size, size, fc.boolean(), fc.boolean(), seed, (m, n, l, aTurned, bTurned, name) => {
      const a = uniform(name, m * l);
      const b = uniform(name + 1, l * n);
      const c = new Float32Array(m * n);
      // prettier-ignore
      gemm(m, n, 1, l, a, 0, aTurned ? 1 : l, 0, aTurned ? m : 1, b, 0, bTurned ? l : 1, bTurned ? 1 : n, c, 0, n);
      const slow = product(
        m,
        n,
        l,
        (i, k) => a[aTurned ? k * m + i : i * l + k]!,
        (k, j) => b[bTurned ? j * l + k : k * n + j]!,
      );
      t.true(close(c, slow));
    }),
  );
});

test('gemm keeps to its offsets and leaves the rest of the output alone', (t) => {
  fc.assert(
    fc.property(size, size, size, seed, (m, n, l, name) => {
      const a = uniform(name, m * l + 3);
      const b = uniform(name + 1, n * l + 2);
      const plain = new Float32Array(m * n);
      gemm(m, n, 1, l, a.slice(3), 0, l, 0, 1, b.slice(2), 0, l, 1, plain, 0, n);
      const framed = new Float32Array(4 + m * (n + 2)).fill(9);
      gemm(m, n, 1, l, a, 3, l, 0, 1, b, 2, l, 1, framed, 4, n + 2);
      const expected = new Float32Array(4 + m * (n + 2)).fill(9);
      for (let i = 0; i < m; i++) expected.set(plain.subarray(i * n, (i + 1) * n), 4 + i * (n + 2));
      t.deepEqual(framed, expected);
    }),
  );
});

test('gemm with a segment for each row of a filter is a convolution', (t) => {
  const small = fc.integer({ min: 1, max: 4 });
  fc.assert(
    fc.property(size, small, small, size, seed, (outWidth, channels, filterSize, filters, name) => {
      const width = outWidth + filterSize - 1;
      const image = uniform(name, filterSize * width * channels);
      const segment = filterSize * channels;
      const patch = filterSize * segment;
      const weights = uniform(name + 1, filters * patch);
      const sums = new Float32Array(outWidth * filters);
      // prettier-ignore
      gemm(outWidth, filters, filterSize, segment, image, 0, channels, width * channels, 1, weights, 0, patch, 1, sums, 0, filters);
      const slow: number[] = [];
      for (let x = 0; x < outWidth; x++)
        for (let n = 0; n < filters; n++) {
          let sum = 0;
          for (let dy = 0; dy < filterSize; dy++)
            for (let dx = 0; dx < filterSize; dx++)
              for (let c = 0; c < channels; c++)
                sum +=
                  image[(dy * width + x + dx) * channels + c]! *
                  weights[((n * filterSize + dy) * filterSize + dx) * channels + c]!;
          slow.push(sum);
        }
      t.true(close(sums, slow));
    }),
  );
});

test('addCombination adds a linear combination of patches to a patch', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 11 }), size, size, seed, (count, segments, length, name) => {
      const sourceSegment = length + 1;
      const outSegment = length + 2;
      const source = uniform(name, segments * sourceSegment + 20);
      const coefficients = uniform(name + 1, 11);
      const offsets = Int32Array.from({ length: 11 }, (_, j) => (7 * j) % 20);
      const before = uniform(name + 2, segments * outSegment + 3);
      const out = before.slice();
      addCombination(count, offsets, coefficients, segments, length, source, sourceSegment, out, 3, outSegment);
      const slow = Array.from(before);
      for (let s = 0; s < segments; s++)
        for (let k = 0; k < length; k++)
          for (let j = 0; j < count; j++)
            slow[3 + s * outSegment + k]! += coefficients[j]! * source[offsets[j]! + s * sourceSegment + k]!;
      t.true(close(out, slow));
    }),
  );
});
