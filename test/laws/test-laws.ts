import test from 'ava';
import fc from 'fast-check';
import { concernsRule, propertyOf, type Subject } from '../../src/testing/law.js';
import { laws } from '../../src/testing/laws/index.js';
import { exceptionFrom } from './exception-from.js';

/** Each law on that many inputs a rule; where an exception is claimed, until one of these many shows it. */
const RUNS = 300;
const RUNS_OVER_A_RULE = 100;
const RUNS_FOR_AN_EXCEPTION = 3000;

/** Tests every law on every rule that it concerns: that it holds, or, where an exception is written down, that it doesn’t. */
export const testLaws = (subjects: readonly Subject[]): void => {
  for (const law of laws) {
    for (const rule of subjects.filter((each) => concernsRule(law, each))) {
      const exception = exceptionFrom(law.name, rule.name);
      if (!exception) {
        const numRuns = rule.base === null ? RUNS : RUNS_OVER_A_RULE;
        test(`${rule.name}: ${law.name}`, (t) => {
          t.notThrows(() => fc.assert(propertyOf(law, rule), { numRuns }));
        });
      } else if (!exception.rare) {
        test(`${rule.name}: not so that ${law.name}`, (t) => {
          t.throws(
            () => fc.assert(propertyOf(law, rule), { seed: 1, numRuns: RUNS_FOR_AN_EXCEPTION, endOnFailure: true }),
            undefined,
            exception.reason,
          );
        });
      }
    }
  }
};
