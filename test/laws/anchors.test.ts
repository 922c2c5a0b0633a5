import test from 'ava';
import fc from 'fast-check';
import { honestOf } from '../../src/testing/configuration.js';
import { anchoredSieges, shares, type Anchored } from '../../src/testing/configurations.js';
import { duels } from '../../src/testing/duels.js';
import type { AggregatorRule } from '../../src/weighted/aggregator.js';
import type { RobustnessConstant } from '../../src/weighted/robustness-constant.js';
import { operators } from '../../src/weighted/index.js';
import { aggregate, longest, meanOf, minus, norm, varianceOf } from './cases.js';
import { namedOperators, type NamedOperator } from './rules.js';

/** A base rule that looks at nothing. */
const at =
  (anchor: readonly number[]): AggregatorRule =>
  () =>
  (_input, out) =>
    out.set(anchor);

/** Whether an operator’s constants hold at the error of any anchor. */
const anchored = ({ constants }: NamedOperator): boolean => constants.some((one) => one.anchored);

const duel = duels({ lambda: shares });

/** value(λ, ‖anchor − x̄_G‖²/V_G)·V_G for a value that is affine in the base's constant, so that V_G = 0 is no exception. */
const boundOf = ({ value }: RobustnessConstant, { configuration, anchor }: Anchored): number => {
  const honest = honestOf(configuration);
  const { lambda } = configuration;
  return (
    value(lambda, 0) * varianceOf(honest) +
    (value(lambda, 1) - value(lambda, 0)) * norm(minus(anchor, meanOf(honest))) ** 2
  );
};

/** How far the operator’s result is from the honest mean where it looks around the anchor. */
const errorOf = (operator: (base: AggregatorRule) => AggregatorRule, { configuration, anchor }: Anchored): number =>
  norm(minus(aggregate(operator(at(anchor)), configuration), meanOf(honestOf(configuration))));

for (const { name, operator, constants } of namedOperators.filter(anchored)) {
  test(`${name}: the error is within its c_λ at the error of any anchor`, (t) => {
    const holds = fc.property(fc.oneof(anchoredSieges, duel), (each) => {
      const error = errorOf(operator(each.configuration.lambda), each);
      const slack = 1e-8 * (1 + longest(honestOf(each.configuration)) + norm(each.anchor));
      return constants.every((one) => error <= Math.sqrt(boundOf(one, each)) * (1 + 1e-6) + slack);
    });
    t.notThrows(() => fc.assert(holds, { numRuns: 1000 }));
  });
}

test('the search comes near to ctma’s bound: duels reach 99.9 % of the squared error that it allows', (t) => {
  const [proved] = operators.ctma.constants;
  const ratios = fc
    .sample(duel, { seed: 1, numRuns: 1000 })
    .map(
      (each) =>
        errorOf(operators.ctma.create({ lambda: each.configuration.lambda }), each) ** 2 / boundOf(proved!, each),
    );
  const most = Math.max(...ratios);
  t.log(most);
  t.true(most > 0.999);
});
