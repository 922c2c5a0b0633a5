import test from 'ava';
import fc from 'fast-check';
import { concernsRule, propertyOf } from '../../src/testing/law.js';
import { laws } from '../../src/testing/laws/index.js';
import { exceptionFrom, exceptions } from './exceptions.js';

import { rules } from './rules.js';

for (const law of laws) {
  for (const rule of rules.filter((each) => concernsRule(law, each))) {
    const exception = exceptionFrom(law.name, rule.name);
    if (!exception) {
      test(`${rule.name}: ${law.name}`, (t) => {
        t.notThrows(() => fc.assert(propertyOf(law, rule), { numRuns: 300 }));
      });
    } else if (!exception.rare) {
      test(`${rule.name}: not so that ${law.name}`, (t) => {
        t.throws(
          () => fc.assert(propertyOf(law, rule), { seed: 1, numRuns: 3000, endOnFailure: true }),
          undefined,
          exception.reason,
        );
      });
    }
  }
}

test('every exception is from a law that there is', (t) => {
  const names = laws.map(({ name }) => name);
  t.deepEqual(
    exceptions.filter(({ law }) => !names.includes(law)),
    [],
  );
});
