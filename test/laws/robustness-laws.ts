import fc from 'fast-check';
import { agree, longest, meanOf, minus, norm, meanDistanceOf, varianceOf, type Case } from './cases.js';
import { over, mapVectors, result, siegesFor, attacksFor, unanimousFor, type Law } from './law.js';
import type { NamedRule } from './rules.js';

/** The constants that bound the error by the honest variance. */
const variances = ({ constants }: NamedRule) => constants.filter(({ name }) => name === 'c_λ');

/** Whether ‖result − x̄_G‖² ≤ bound, to rounding. */
const within = (result: readonly number[], honest: Case, bound: number): boolean =>
  norm(minus(result, meanOf(honest))) <= Math.sqrt(bound) * (1 + 1e-6) + 1e-8 * (1 + longest(honest));

export const robustnessLaws: readonly Law[] = [
  {
    name: 'a minority of liars can’t move the result far',
    of: (rule) =>
      over(
        siegesFor(rule).filter(({ lambda }) => lambda < 0.46),
        (each) => norm(result(rule, each, each.lambda)) <= 20 * (1 + longest(each.honest)),
      ),
  },
  {
    name: 'the error is within every stated c_λ of the honest variance',
    of: (rule) =>
      over(attacksFor(rule), (each) => {
        const aggregate = result(rule, each, each.lambda);
        const variance = varianceOf(each.honest);
        const below = rule.base ? variances(rule.base).map(({ value }) => value(each.lambda, 0)) : [0];
        const bounds = variances(rule).flatMap(({ value }) => below.map((c) => value(each.lambda, c)));
        // A rule that states nothing is held to the best that there is, so that its exception can be seen.
        if (bounds.length === 0) bounds.push(1 / (1 - 2 * each.lambda));
        return bounds.every((bound) => within(aggregate, each.honest, bound * variance));
      }),
  },
  {
    name: 'the error is within every stated multiple of the honest vectors’ diameter',
    concerns: ({ constants }) => constants.some(({ name }) => name === 'diameter'),
    of: (rule) =>
      over(attacksFor(rule), (each) => {
        const error = result(rule, each, each.lambda);
        const diameter = Math.max(
          ...each.honest.vectors.flatMap((x) => each.honest.vectors.map((y) => norm(minus(x, y)))),
        );
        const stated = rule.constants.filter(({ name }) => name === 'diameter');
        return stated.every(({ value }) => within(error, each.honest, (value(each.lambda, 0) * diameter) ** 2));
      }),
  },
  {
    name: 'the error is within (1 + λ/(1−2λ)) of the honest vectors’ mean distance from their mean',
    of: (rule) =>
      over(attacksFor(rule), (each) => {
        const bound = (1 + each.lambda / (1 - 2 * each.lambda)) * meanDistanceOf(each.honest);
        return within(result(rule, each, each.lambda), each.honest, bound ** 2);
      }),
  },
  {
    name: 'each coordinate’s error is within (1 + λ/(1−2λ)) of the honest values’ mean distance from their mean',
    of: (rule) =>
      over(attacksFor(rule), (each) =>
        result(rule, each, each.lambda).every((value, k) => {
          const honest = mapVectors(each.honest, (x) => [x[k]!]);
          const bound = (1 + each.lambda / (1 - 2 * each.lambda)) * meanDistanceOf(honest);
          return within([value], honest, bound ** 2);
        }),
      ),
  },
  {
    name: 'where the honest vectors agree, the result is theirs',
    of: (rule) =>
      over(unanimousFor(rule), (each) => {
        const [creed] = each.honest.vectors;
        return agree(result(rule, each, each.lambda), creed!, longest(each.honest));
      }),
  },
  {
    name: 'the error is within an operator’s c_λ at the base’s own error, whatever the base',
    concerns: ({ base, constants }) => base !== null && constants.some(({ anchored }) => anchored),
    of: (rule) =>
      over(attacksFor(rule), (each) => {
        if (rule.base === null) return true;
        const aggregate = result(rule, each, each.lambda);
        const error = norm(minus(result(rule.base, each, each.lambda), meanOf(each.honest))) ** 2;
        const variance = varianceOf(each.honest);
        // value(λ, error/V)·V for a value that is affine in the base's constant, so that V = 0 is no exception.
        return rule.constants.every(({ value }) => {
          const slope = value(each.lambda, 1) - value(each.lambda, 0);
          return within(aggregate, each.honest, value(each.lambda, 0) * variance + slope * error);
        });
      }),
  },
  {
    name: 'non-finite vectors with less than half of the weight don’t make the result non-finite',
    of: (rule) =>
      over(
        fc.record({ each: siegesFor(rule), bad: fc.constantFrom(NaN, Infinity, -Infinity), mixed: fc.boolean() }),
        (value) => {
          const { each, bad, mixed } = value;
          const vectors = each.vectors.map((x, i) =>
            i < each.honest.vectors.length ? x : x.map((v, k) => (mixed && (k + i) % 2 === 0 ? v : bad)),
          );
          return result(rule, { ...each, vectors }, each.lambda).every(Number.isFinite);
        },
      ),
  },
];
