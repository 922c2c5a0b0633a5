import test from 'ava';
import { isConfiguration } from '../../src/testing/configuration.js';
import { concernsRule, fits } from '../../src/testing/law.js';
import { laws } from '../../src/testing/laws/index.js';
import { containmentCounterexamples } from './containment-counterexamples.js';
import { configurationOf, type Counterexample } from './counterexample.js';
import { exceptionFrom } from './exception-from.js';
import { asFirstCall } from './first-call.js';
import { robustnessCounterexamples } from './robustness-counterexamples.js';
import { rules } from './rules.js';
import { structureCounterexamples } from './structure-counterexamples.js';

const counterexamples: readonly Counterexample[] = [
  ...structureCounterexamples,
  ...containmentCounterexamples,
  ...robustnessCounterexamples,
].map(asFirstCall);

for (const law of laws) {
  const rare = rules.filter((rule) => concernsRule(law, rule) && exceptionFrom(law.name, rule.name)?.rare);
  const examples = counterexamples.filter((each) => each.law === law.id);

  for (const rule of rare) {
    test(`${rule.name}: a counterexample to ${law.name}`, (t) => {
      const known = examples.find((each) => each.rules.includes(rule.name));
      if (!known) {
        t.fail('no counterexample is written down');
        return;
      }
      const configuration = configurationOf(known);
      t.true(isConfiguration(configuration) && fits(law, rule, configuration));
      t.truthy(law.violation(rule, configuration, (known.extra ?? {}) as never));
    });
  }

  if (examples.length > 0)
    test(`every counterexample to ${law.name} is to a rare exception`, (t) => {
      const names = rare.map(({ name }) => name);
      for (const each of examples) t.true(each.rules.every((name) => names.includes(name)));
    });
}

test('every counterexample is to a law', (t) => {
  for (const { law } of counterexamples)
    t.true(
      laws.some(({ id }) => id === law),
      law,
    );
});
