import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { browserBundle } from '../../../bench/same-bits/bundle.js';
import { serve } from '../../../bench/same-bits/serve.js';
import { folder } from '../../cli/process.js';

const dist = join(import.meta.dirname, '..', '..', '..');

test('the library’s root is bundled for a browser with all that it needs', async (t) => {
  const bundle = await browserBundle(join(dist, 'src', 'index.js'));
  t.is([...bundle.keys()][0], 'main.js');
  t.true(bundle.size > 1, 'what is loaded later is a file of its own');
});

test('what needs Node is not', async (t) => {
  await t.throwsAsync(browserBundle(join(dist, 'src', 'threads', 'index.js')), {
    message: /Could not resolve "node:worker_threads"/,
  });
});

test('what is left out in silence is named', async (t) => {
  const directory = await folder(t);
  const entry = join(directory, 'main.js');
  await writeFile(entry, "try { await import('node:fs'); } catch {}");
  await t.throwsAsync(browserBundle(entry), { message: 'left out of the bundle: node:fs' });
});

test('a page that loads the bundle is served with it, and nothing else', async (t) => {
  const served = await serve(
    new Map([
      ['main.js', 'first'],
      ['later.js', 'second'],
    ]),
  );
  t.teardown(() => served.close());
  t.regex(served.url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
  t.true((await (await fetch(served.url)).text()).includes('src="/main.js"'));
  const later = await fetch(`${served.url}later.js`);
  t.is(await later.text(), 'second');
  t.regex(later.headers.get('content-type')!, /^text\/javascript/);
  t.is((await fetch(`${served.url}package.json`)).status, 404);
});
