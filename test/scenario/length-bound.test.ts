import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { lengthBoundOf } from '../../src/scenario/robustness.js';
import { aggregate, anyCase } from '../laws/cases.js';
import { rules } from '../laws/rules.js';

const norm = (x: ArrayLike<number>): number => Math.hypot(...Array.from(x));

/** A rule's name in the tests as a scenario would have it: operators over kinds, of which variants follow a hyphen. */
const choiceOf = (name: string): Parameters<typeof lengthBoundOf>[0] => {
  const [first, ...rest] = name.split('∘');
  const kind = first!.replace(/-(byzfl|aggregathor|gm|n-f)$/, '');
  return rest.length === 0 ? { kind } : { kind, size: 2, base: choiceOf(rest.join('∘')) };
};

const bounded = rules.filter(({ name }) => lengthBoundOf(choiceOf(name), 9, 5) !== undefined);

test('rules that remember something have no bound, all others do', (t) => {
  const unknown = rules.filter((rule) => !bounded.includes(rule)).map(({ name }) => name);
  t.true(
    unknown.every((name) => /^clipped-differences∘|centered-clipping$/.test(name)),
    unknown.join(),
  );
  t.true(bounded.length > 100);
});

for (const { name, rule, spare } of bounded)
  testProp(
    `‖A(x)‖ ≤ F_A·max‖x_i‖: ${name}`,
    [anyCase, fc.constantFrom(0, 0.1, 0.25)],
    (t, { vectors }, lambda) => {
      const count = vectors.length;
      fc.pre(count > 4 || typeof spare !== 'number');
      const weights = vectors.map(() => 1);
      const bound = lengthBoundOf(choiceOf(name), count, vectors[0]!.length)!;
      const longest = Math.max(...vectors.map(norm));
      let result: ArrayLike<number>;
      try {
        result = aggregate(rule(lambda, count), { vectors, weights });
      } catch (error) {
        // The rule refuses so few vectors.
        fc.pre(!(error instanceof RangeError));
        throw error;
      }
      t.true(norm(result) <= bound * longest * (1 + 1e-9) + 1e-300);
    },
    { numRuns: 20 },
  );
