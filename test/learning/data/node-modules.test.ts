import { readFile } from 'node:fs/promises';
import test from 'ava';
import { nodeModules } from '../../../src/learning/data/node-modules.js';

test('in Node they are Node’s own', (t) => {
  t.is(nodeModules().readFile, readFile);
});

for (const [where, host] of Object.entries({
  'a browser': {},
  'a browser whose bundle pretends to be Node': { process: {} },
}))
  test(`in ${where} there are none, and it is said what to do`, (t) => {
    t.throws(() => nodeModules(host), {
      message: 'Data files are read in Node only; take a data set that is generated, such as digits, instead.',
    });
  });
