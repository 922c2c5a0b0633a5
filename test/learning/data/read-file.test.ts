import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import test from 'ava';

import { readDataFile, readDataFileIfPresent } from '../../../src/learning/data/read-file.js';

const content = Uint8Array.of(1, 2, 3, 200);
let directory = '';

test.before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'read-file-'));
  const packed = gzipSync(content);
  await writeFile(join(directory, 'plain'), content);
  await writeFile(join(directory, 'packed.gz'), packed);
  await writeFile(join(directory, 'both'), content);
  await writeFile(join(directory, 'both.gz'), 'never read');
  await writeFile(join(directory, 'cut.gz'), packed.subarray(0, packed.length - 6));
  await writeFile(join(directory, 'text.gz'), 'not gzip');
  await writeFile(join(directory, 'empty.gz'), '');
  await mkdir(join(directory, 'folder'));
});
test.after.always(() => rm(directory, { recursive: true, force: true }));

for (const [name, found] of [
  ['plain', 'plain'],
  ['packed', 'packed.gz'],
  ['packed.gz', 'packed.gz'],
  ['both', 'both'],
] as const) {
  test(`asked for ${name}, gives what ${found} holds`, async (t) => {
    const { path, bytes } = await readDataFile(directory, name);
    t.deepEqual([...bytes], [...content]);
    t.is(path, join(directory, found));
  });
}

test('an absolute name stands for itself', async (t) => {
  const { bytes } = await readDataFile('/nowhere', join(directory, 'packed'));
  t.deepEqual([...bytes], [...content]);
});

test('a missing file is no error where it may be missing', async (t) => {
  t.is(await readDataFileIfPresent(directory, 'no'), undefined);
  t.is(await readDataFileIfPresent(directory, 'plain/no'), undefined);
});

test('a missing file is named with its folder and the remedy', async (t) => {
  await t.throwsAsync(readDataFile(directory, 'a/b'), {
    message: `There is no file a/b or a/b.gz in ${directory}: name the folder of the data with --data DIR or in TARDIGRADE_DATA.`,
  });
  const path = join(directory, 'no.gz');
  await t.throwsAsync(readDataFile('/nowhere', path), { message: `There is no file ${path}.` });
});

test('a folder in place of a file is named', async (t) => {
  await t.throwsAsync(readDataFile(directory, 'folder'), {
    message: `${join(directory, 'folder')}: cannot be read as a file (EISDIR).`,
  });
});

for (const name of ['cut', 'text', 'empty']) {
  test(`a corrupt gzip file is named: ${name}`, async (t) => {
    const error = await t.throwsAsync(readDataFile(directory, name));
    t.true(error.message.startsWith(`${join(directory, `${name}.gz`)}: is not a whole gzip file (`));
    t.regex(error.message, /^[^\n]+\)\.$/);
  });
}
