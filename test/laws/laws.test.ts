import test from 'ava';
import { laws } from '../../src/testing/laws/index.js';
import { exceptions } from './exceptions.js';
import { rules } from './rules.js';
import { testLaws } from './test-laws.js';

testLaws(rules.filter(({ base }) => base === null));

test('every exception is from a law that there is', (t) => {
  const names = laws.map(({ name }) => name);
  t.deepEqual(
    exceptions.filter(({ law }) => !names.includes(law)),
    [],
  );
});
