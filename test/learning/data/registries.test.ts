import test from 'ava';

import { datasets, partitions } from '../../../src/learning/data/index.js';

test('data sets go by these names; those without files are generated', (t) => {
  t.deepEqual(
    Object.entries(datasets).map(([name, { files }]) => [name, files]),
    [
      ['digits', false],
      ['mnist', true],
      ['a9a', true],
      ['w8a', true],
      ['libsvm', true],
      ['gaussian', false],
    ],
  );
});

test('partitions go by these names', (t) => {
  t.deepEqual(Object.keys(partitions), ['shared', 'iid', 'dirichlet', 'gamma-similarity', 'extreme']);
});

test('every part and each of its options is described', (t) => {
  for (const [name, part] of [...Object.entries(datasets), ...Object.entries(partitions)]) {
    t.true(part.summary.endsWith('.') || part.summary.endsWith('?'), name);
    t.true(part.source.length > 0, name);
    for (const [option, schema] of Object.entries(part.parameters.shape)) {
      t.truthy((schema as { description?: string }).description, `${name}.${option}`);
    }
  }
});
