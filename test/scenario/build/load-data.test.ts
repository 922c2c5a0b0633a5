import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import test from 'ava';
import { buildRun, type Run } from '../../../src/scenario/build.js';
import { newCache } from '../../../src/scenario/cache.js';
import { refusal, smallWith } from '../small-scenario.js';

test('runs that share a data set read it once', async (t) => {
  const cache = newCache();
  const scenario = smallWith(
    'learn.model=softmax',
    'learn.data={kind: gaussian, rows: 40, testRows: 10, features: 2}',
    'learn.partition=iid',
  );
  const [first, second] = [
    await buildRun(scenario, { directory: '/nowhere', cache }),
    await buildRun({ ...scenario, seed: 2 }, { directory: '/nowhere', cache }),
  ];
  t.is(cache.datasets.size, 1);
  const rows = ({ plan }: Run): readonly number[] =>
    plan.workers.flatMap(({ share }) => [...share!]).sort((a, b) => a - b);
  t.deepEqual(
    rows(first),
    Array.from({ length: 40 }, (_, i) => i),
  );
  t.deepEqual(rows(second), rows(first));
});

const header = Buffer.from([0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 28, 0, 0, 0, 28, 1, 2, 3]);
const broken: readonly (readonly [string, string | undefined, Buffer, RegExp])[] = [
  [
    'missing',
    undefined,
    header,
    /^learn\.data: there is no file mnist\/train-images-idx3-ubyte or .*gz in .*: name the folder of the data with --data DIR/,
  ],
  ['empty', 'train-images-idx3-ubyte', Buffer.alloc(0), /train-images-idx3-ubyte: ends after 0 bytes/],
  [
    'no IDX',
    'train-images-idx3-ubyte',
    Buffer.alloc(100, 7),
    /starts with the magic number 0x07070707, expected 0x00000803/,
  ],
  ['cut short', 'train-images-idx3-ubyte', header, /holds 3 bytes of values, expected 10 × 28 × 28 = 7840/],
  ['gzip cut short', 'train-images-idx3-ubyte.gz', gzipSync(header).subarray(0, 20), /gz: is not a whole gzip file/],
  ['no gzip', 'train-images-idx3-ubyte.gz', Buffer.from('plain'), /gz: is not a whole gzip file/],
];

for (const [what, file, bytes, pattern] of broken)
  test(`data that are ${what} are refused by name`, async (t) => {
    const directory = await mkdtemp(join(tmpdir(), 'tardigrade-'));
    try {
      await mkdir(join(directory, 'mnist'));
      if (file !== undefined) await writeFile(join(directory, 'mnist', file), bytes);
      const scenario = smallWith('learn.data=mnist', 'learn.model=softmax');
      const sentence = (await refusal(() => buildRun(scenario, { directory })))!;
      t.regex(sentence, pattern);
      t.notRegex(sentence, /\n|\.$/);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
