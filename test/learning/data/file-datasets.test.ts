import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import test from 'ava';

import { a9a } from '../../../src/learning/data/a9a.js';
import { libsvmFiles } from '../../../src/learning/data/libsvm-files.js';
import { mnist } from '../../../src/learning/data/mnist.js';
import { w8a } from '../../../src/learning/data/w8a.js';
import { seededRandom } from '../../../src/random/seeded-random.js';

const folders: string[] = [];
test.after.always(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A data folder with these files. */
const dataFolder = async (files: Record<string, string | Uint8Array>) => {
  const directory = await mkdtemp(join(tmpdir(), 'datasets-'));
  folders.push(directory);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), content);
  }
  return { directory, random: seededRandom(1) };
};

const images = (...firstPixels: number[]) =>
  Uint8Array.from([
    ...[0, 0, 8, 3, 0, 0, 0, firstPixels.length, 0, 0, 0, 28, 0, 0, 0, 28],
    ...firstPixels.flatMap((pixel) => [pixel, ...Array.from({ length: 783 }, () => 0)]),
  ]);
const labels = (...digits: number[]) => Uint8Array.from([0, 0, 8, 1, 0, 0, 0, digits.length, ...digits]);
const mnistFiles = {
  'mnist/train-images-idx3-ubyte.gz': gzipSync(images(0, 255, 128)),
  'mnist/train-labels-idx1-ubyte.gz': gzipSync(labels(5, 0, 9)),
  'mnist/t10k-images-idx3-ubyte': images(255),
  'mnist/t10k-labels-idx1-ubyte': labels(7),
};

test('mnist is read from plain and gzipped files and normalised', async (t) => {
  const data = await mnist.create({})(await dataFolder(mnistFiles));
  t.like(data, { name: 'mnist', shape: [28, 28, 1], classes: 10 });
  t.deepEqual([...data.train.labels], [5, 0, 9]);
  t.deepEqual([...data.test.labels], [7]);
  t.is(data.train.count, 3);
  t.is(data.test.inputs.features, 784);
  const pixels = [0, 784, 1568, 1].map((i) => data.train.inputs.values[i]!);
  const expected = [0, 255, 128, 0].map((byte) => Math.fround((byte / 255 - 0.1307) / 0.3081));
  t.deepEqual(pixels, expected);
});

const mnistFault = (title: string, files: Partial<typeof mnistFiles>, message: RegExp) =>
  test(title, async (t) => {
    await t.throwsAsync(mnist.create({})(await dataFolder({ ...mnistFiles, ...files })), { message });
  });
mnistFault(
  'mnist refuses labels that are not as many as images',
  { 'mnist/t10k-labels-idx1-ubyte': labels(1, 2) },
  /t10k-labels-idx1-ubyte: holds 2 labels, expected one for each of 1 images\.$/,
);
mnistFault(
  'mnist refuses labels above 9',
  { 'mnist/t10k-labels-idx1-ubyte': labels(10) },
  /t10k-labels-idx1-ubyte: label 1 is 10, expected a digit from 0 to 9\.$/,
);
mnistFault(
  'mnist refuses a set without images',
  { 'mnist/t10k-images-idx3-ubyte': images() },
  /t10k-images-idx3-ubyte: holds 0 × 28 × 28 pixels, expected images of 28 × 28\.$/,
);
mnistFault(
  'mnist refuses images of another size',
  { 'mnist/t10k-images-idx3-ubyte': Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 7, 7) },
  /t10k-images-idx3-ubyte: holds 1 × 1 × 2 pixels, expected images of 28 × 28\.$/,
);

test('mnist says which file it misses', async (t) => {
  await t.throwsAsync(mnist.create({})(await dataFolder({})), {
    message: /^There is no file mnist\/train-images-idx3-ubyte or mnist\/train-images-idx3-ubyte\.gz in .* --data DIR/,
  });
});

test('a9a has 123 features and classes 0 and 1', async (t) => {
  const folder = await dataFolder({ 'a9a/a9a': '-1 3:1\n+1 122:1\n', 'a9a/a9a.t.gz': gzipSync('+1 123:1\n') });
  const data = await a9a.create({})(folder);
  t.like(data, { name: 'a9a', shape: [123], classes: 2 });
  t.deepEqual([...data.train.labels], [0, 1]);
  t.deepEqual([...data.test.labels], [1]);
  t.is(data.train.inputs.features, 123);
});

test('a9a needs its test file', async (t) => {
  await t.throwsAsync(a9a.create({})(await dataFolder({ 'a9a/a9a': '-1 3:1\n+1 122:1\n' })), {
    message: /^There is no file a9a\/a9a\.t or /,
  });
});

test('w8a is scored on its training rows until the test file is there', async (t) => {
  const alone = await w8a.create({})(await dataFolder({ 'w8a/w8a': '-1 3:1\n+1 299:1\n' }));
  t.deepEqual(alone.test, alone.train);
  t.deepEqual(alone.shape, [300]);
  const both = await w8a.create({})(await dataFolder({ 'w8a/w8a': '-1 3:1\n+1 299:1\n', 'w8a/w8a.t': '+1 1:1\n' }));
  t.is(both.test.count, 1);
});

const libsvm = libsvmFiles.parameters;

test('libsvm files share their number of features and their classes', async (t) => {
  const folder = await dataFolder({ train: '1 1:1\n2 2:1\n3 1:2\n', 'sub/test': '3 5:1\n' });
  const data = await libsvmFiles.create(libsvm.parse({ train: 'train', test: 'sub/test' }))(folder);
  t.like(data, { name: 'train', shape: [5], classes: 3 });
  t.is(data.train.inputs.features, 5);
  t.is(data.test.inputs.features, 5);
  t.deepEqual([...data.train.labels], [0, 1, 2]);
  t.deepEqual([...data.test.labels], [2]);
});

test('libsvm files hold targets for a regression', async (t) => {
  const folder = await dataFolder({ train: '1.5 1:1\n-2 2:1\n' });
  const options = libsvm.parse({ train: join(folder.directory, 'train'), features: 8, task: 'regression' });
  const data = await libsvmFiles.create(options)({ ...folder, directory: '/nowhere' });
  t.like(data, { shape: [8], classes: 0 });
  t.deepEqual([...data.test.labels], [1.5, -2]);
});

test('a test file that is named must be there', async (t) => {
  const folder = await dataFolder({ train: '0 1:1\n1 2:1\n' });
  await t.throwsAsync(libsvmFiles.create(libsvm.parse({ train: 'train', test: 'no' }))(folder), {
    message: /^There is no file no or no\.gz in /,
  });
});
