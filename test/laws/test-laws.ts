import test from 'ava';
import fc from 'fast-check';
import { concernsRule, propertyOf, trialsOf, type Law, type Subject, type Trial } from '../../src/testing/law.js';
import { laws } from '../../src/testing/laws/index.js';
import { exceptionFrom } from './exception-from.js';

/** Each law on that many inputs a rule; where an exception is claimed, until one of these many shows it. */
const RUNS = 300;
const RUNS_OVER_A_RULE = 100;
const RUNS_FOR_AN_EXCEPTION = 3000;

/** The trials of one law at a time, by what they are drawn for. */
let known: { readonly law: Law; readonly trials: Map<string, readonly Trial[]> } | undefined;

/**
 * What `propertyOf` is tried on. From one seed the same is drawn for every rule that takes the same vectors, and drawing takes
 * longer than trying: it is drawn once for all of them. Without a fixed seed each rule has trials of its own.
 */
const trialsFor = (law: Law, rule: Subject, numRuns: number): readonly Trial[] => {
  const draw = (): readonly Trial[] => fc.sample(trialsOf(law, rule), numRuns);
  if (fc.readConfigureGlobal().seed === undefined) return draw();
  if (known?.law !== law) known = { law, trials: new Map() };
  const { spare, times, drawn } = rule;
  const key = JSON.stringify([spare, times, drawn, numRuns]);
  const trials = known.trials.get(key) ?? draw();
  known.trials.set(key, trials);
  return trials;
};

/** Whether a law holds on all trials; what a rule throws breaks it, too. */
const holdsOn = (law: Law, rule: Subject, trials: readonly Trial[]): boolean => {
  try {
    return trials.every(({ configuration, extra }) => law.violation(rule, configuration, extra as never) === null);
  } catch {
    return false;
  }
};

/** Throws where a law doesn't hold on what is drawn for a rule, with the smallest trial on which it doesn't. */
const assertHolds = (law: Law, rule: Subject, numRuns: number): void => {
  if (holdsOn(law, rule, trialsFor(law, rule, numRuns))) return;
  // Laws are looked at at once: nothing is waited for.
  void fc.assert(propertyOf(law, rule), { numRuns });
  throw new Error('the law was broken once, and not where the same was drawn again');
};

/** Tests every law on every rule that it concerns: that it holds, or, where an exception is written down, that it doesn’t. */
export const testLaws = (subjects: readonly Subject[]): void => {
  for (const law of laws) {
    for (const rule of subjects.filter((each) => concernsRule(law, each))) {
      const exception = exceptionFrom(law.name, rule.name);
      if (!exception) {
        const numRuns = rule.base === null ? RUNS : RUNS_OVER_A_RULE;
        test(`${rule.name}: ${law.name}`, (t) => {
          t.notThrows(() => assertHolds(law, rule, numRuns));
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
