import { createHash } from 'node:crypto';

import test from 'ava';

import type { Dataset } from '../../../src/learning/dataset.js';
import { digitGlyphs } from '../../../src/learning/data/digit-glyphs.js';
import { digits } from '../../../src/learning/data/digits.js';
import { seededRandom } from '../../../src/random/seeded-random.js';

const make = (options: Record<string, number> = {}, seed = 1): Promise<Dataset> =>
  digits.create(digits.parameters.parse(options))({ random: seededRandom(seed), directory: '' });

const sizes = { train: 200, test: 30 };

/** The training pixels, in double precision so that their sums are near exact. */
const pixelsOf = ({ train }: Dataset): Float64Array => Float64Array.from(train.inputs.values);

const image = ({ train }: Dataset, row: number): string =>
  train.inputs.values.subarray(row * 784, row * 784 + 784).join();

test('the bits of the images are these; a change of them changes every result on digits', async (t) => {
  const hash = createHash('sha256');
  const { train, test: scored } = await make(sizes);
  for (const { inputs } of [train, scored]) {
    // Little-endian whatever the machine.
    const bytes = new DataView(new ArrayBuffer(4 * inputs.values.length));
    inputs.values.forEach((value, i) => bytes.setFloat32(4 * i, value, true));
    hash.update(bytes);
  }
  t.is(hash.digest('hex'), 'edbd214099e3e55ee12f65281879cb4eda067459a833e54150a7955f3df744fe');
});

test('6,000 images to train and 1,000 to test, each class equally often', async (t) => {
  const data = await make();
  t.like(data, { name: 'digits', shape: [28, 28, 1], classes: 10 });
  for (const [examples, count] of [
    [data.train, 6000],
    [data.test, 1000],
  ] as const) {
    t.is(examples.count, count);
    t.is(examples.labels.length, count);
    t.is(examples.inputs.values.length, 784 * count);
    const counts = Array.from({ length: 10 }, (_, digit) => examples.labels.filter((label) => label === digit).length);
    t.deepEqual(counts, Array<number>(10).fill(count / 10));
  }
  const values = pixelsOf(data);
  const ink = values.map((value) => value * 0.24 + 0.112);
  t.true(ink.every((value) => value >= -1e-6 && value <= 1 + 1e-6));
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
  t.true(Math.abs(mean) < 0.03, `mean ${mean}`);
  t.true(Math.abs(variance - 1) < 0.05, `variance ${variance}`);
});

test('a smaller set is the beginning of a larger one, and training images do not depend on the test set', async (t) => {
  const [small, large] = [await make({ train: 20, test: 1 }), await make(sizes)];
  t.deepEqual(small.train.inputs.values, large.train.inputs.values.slice(0, 20 * 784));
  t.deepEqual(small.test.inputs.values, large.test.inputs.values.slice(0, 784));
});

test('depends on the stream, and on nothing but its name', async (t) => {
  const drawn = seededRandom(1);
  drawn.next();
  const again = await digits.create(digits.parameters.parse(sizes))({ random: drawn, directory: 'x' });
  t.deepEqual(again, await make(sizes));
  t.notDeepEqual((await make(sizes, 2)).train.inputs, again.train.inputs);
});

test('no two images are alike, in training and test', async (t) => {
  const data = await make({ ...sizes, noise: 0 });
  const all = Array.from({ length: 200 }, (_, row) => image(data, row));
  all.push(...Array.from({ length: 30 }, (_, row) => image({ ...data, train: data.test }, row)));
  t.is(new Set(all).size, 230);
});

test('without distortion and noise, a digit looks in as many ways as it is written', async (t) => {
  const data = await make({ train: 400, test: 1, distortion: 0, noise: 0 });
  for (let digit = 0; digit < 10; digit++) {
    const looks = new Set<string>();
    for (let row = digit; row < 400; row += 10) {
      const pixels = data.train.inputs.values.subarray(row * 784, row * 784 + 784);
      // Which pixels hold ink at all: the darkness of the pen differs still.
      looks.add(pixels.map((value) => (value > pixels[0]! ? 1 : 0)).join(''));
    }
    t.is(looks.size, digitGlyphs[digit]!.length, `digit ${digit}`);
  }
});

test('even the wildest hand leaves ink in every image and keeps it off the frame', async (t) => {
  for (const distortion of [0, 1, 2]) {
    const values = pixelsOf(await make({ train: 1000, test: 1, distortion, noise: 0 }));
    const ink = values.map((value) => value * 0.24 + 0.112);
    for (let row = 0; row < 1000; row++) {
      const pixels = ink.subarray(row * 784, row * 784 + 784);
      t.true(pixels.reduce((a, b) => a + b, 0) > (distortion > 1 ? 2 : 10));
      if (distortion > 1) continue;
      const border = pixels.filter((_, i) => i < 28 || i >= 756 || i % 28 === 0 || i % 28 === 27);
      t.true(border.reduce((a, b) => a + b, 0) < 6);
    }
  }
});
