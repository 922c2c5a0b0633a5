import fc from 'fast-check';
import {
  agree,
  anyCase,
  attack,
  dot,
  equal,
  equalSiege,
  integerCase,
  longest,
  meanOf,
  minus,
  norm,
  siege,
  unanimous,
  meanDistanceOf,
  sum,
  varianceOf,
  type Case,
  type Siege,
} from './cases.js';
import type { Aggregator } from '../../src/weighted/aggregator.js';
import type { NamedRule } from './rules.js';

/** Something that holds for all rules but the exceptions in `exceptions.ts`. */
export interface Law {
  readonly name: string;
  /** Whether the law says anything about a rule; about all, unless told. */
  readonly concerns?: (rule: NamedRule) => boolean;
  readonly of: (rule: NamedRule) => fc.IRawProperty<unknown>;
}

/** The share that operators trim where the law doesn't depend on it. */
const LAMBDA = 0.3;

const over = <T>(values: fc.Arbitrary<T>, predicate: (value: T) => boolean): fc.IRawProperty<unknown> =>
  fc.property(values, predicate);

const mapVectors = (each: Case, map: (x: readonly number[]) => number[]): Case => ({
  vectors: each.vectors.map(map),
  weights: each.weights,
});

const direction = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 5, maxLength: 5 });

/** Reflects x at the hyperplane across v. */
const reflect = (x: readonly number[], v: readonly number[]): number[] => {
  const across = v.slice(0, x.length);
  const squared = dot(across, across);
  return squared === 0 ? [...x] : x.map((value, k) => value - (2 * dot(x, across) * across[k]!) / squared);
};

/** Rules are told to expect at least as many vectors, more than n >= 2f + 3 needs. */
const MOST = 11;

const claimed = (rule: NamedRule, { vectors }: Case, lambda: number): Aggregator =>
  rule.rule(lambda, vectors.length)({ count: Math.max(MOST, vectors.length), dimension: vectors[0]!.length });

/** The rule's result on float64 vectors. */
const result = (rule: NamedRule, each: Case, lambda = LAMBDA): number[] => {
  const dimension = each.vectors[0]!.length;
  const out = new Float64Array(dimension);
  const vectors = each.vectors.map((x) => Float64Array.from(x));
  const input = { count: vectors.length, dimension, vectors, weights: Float64Array.from(each.weights) };
  claimed(rule, each, lambda)(input, out);
  return [...out];
};

/** The constants that bound the error by the honest variance. */
const variances = ({ constants }: NamedRule) => constants.filter(({ name }) => name === 'c_λ');

const takesAnyWeights = ({ spare }: NamedRule): boolean => spare === 'any weights';

/** What a rule takes: any case, or any with equal weights. */
const casesFor = ({ spare }: NamedRule): fc.Arbitrary<Case> => (spare === 'any weights' ? anyCase : anyCase.map(equal));

const besieged =
  (any: fc.Arbitrary<Siege>, few = any) =>
  ({ spare }: NamedRule): fc.Arbitrary<Siege> =>
    spare === 'any weights' ? any : few.map((each) => equalSiege(each, spare));

const siegesFor = besieged(siege);
const attacksFor = besieged(attack, siege);
const unanimousFor = besieged(unanimous);

const structure: readonly Law[] = [
  {
    name: 'the order of the vectors doesn’t matter',
    of: (rule) =>
      over(
        fc.record({ each: casesFor(rule), order: fc.array(fc.nat(), { minLength: 9, maxLength: 9 }) }),
        ({ each, order }) => {
          const indices = each.weights.map((_, i) => i).sort((i, j) => order[i]! - order[j]!);
          const moved = {
            vectors: indices.map((i) => each.vectors[i]!),
            weights: indices.map((i) => each.weights[i]!),
          };
          return agree(result(rule, moved), result(rule, each), longest(each));
        },
      ),
  },
  {
    name: 'translated vectors give the translated result',
    of: (rule) =>
      over(fc.record({ each: casesFor(rule), by: direction }), ({ each, by }) => {
        const moved = mapVectors(each, (x) => x.map((v, k) => v + 7 * by[k]!));
        const expected = result(rule, each).map((v, k) => v + 7 * by[k]!);
        return agree(result(rule, moved), expected, longest(each) + longest(moved));
      }),
  },
  {
    name: 'stretched vectors give the stretched result',
    of: (rule) =>
      over(fc.record({ each: casesFor(rule), exponent: fc.integer({ min: -40, max: 40 }) }), ({ each, exponent }) => {
        const scale = 2 ** exponent;
        const stretched = result(
          rule,
          mapVectors(each, (x) => x.map((v) => v * scale)),
        );
        return agree(
          stretched.map((v) => v / scale),
          result(rule, each),
          longest(each),
        );
      }),
  },
  {
    name: 'negated vectors give the negated result',
    of: (rule) =>
      over(casesFor(rule), (each) => {
        const negated = result(
          rule,
          mapVectors(each, (x) => x.map((v) => -v)),
        );
        return agree(
          negated.map((v) => -v),
          result(rule, each),
          longest(each),
        );
      }),
  },
  {
    name: 'reflected vectors give the reflected result',
    of: (rule) =>
      over(fc.record({ each: casesFor(rule), across: direction }), ({ each, across }) => {
        const reflected = result(
          rule,
          mapVectors(each, (x) => reflect(x, across)),
        );
        return agree(reflected, reflect(result(rule, each), across), longest(each));
      }),
  },
  {
    name: 'each coordinate is aggregated alone',
    of: (rule) =>
      over(casesFor(rule), (each) => {
        const alone = each.vectors[0]!.map(
          (_, k) =>
            result(
              rule,
              mapVectors(each, (x) => [x[k]!]),
            )[0]!,
        );
        return agree(alone, result(rule, each), longest(each));
      }),
  },
];

const weights: readonly Law[] = [
  {
    name: 'only the weights’ proportions matter',
    of: (rule) =>
      over(
        fc.record({ each: casesFor(rule), factor: fc.double({ min: 1e-3, max: 1e6, noNaN: true }) }),
        ({ each, factor }) => {
          const heavier = { vectors: each.vectors, weights: each.weights.map((w) => w * factor) };
          return agree(result(rule, heavier), result(rule, each), longest(each));
        },
      ),
  },
  {
    name: 'a whole weight means as many copies',
    concerns: takesAnyWeights,
    of: (rule) =>
      over(integerCase, (each) => {
        const copies = each.vectors.flatMap((x, i) => Array.from({ length: each.weights[i]! }, () => x));
        const unit = { vectors: copies, weights: copies.map(() => 1) };
        return agree(result(rule, unit), result(rule, each), longest(each));
      }),
  },
  {
    name: 'equal vectors may be merged, their weights added',
    concerns: takesAnyWeights,
    of: (rule) =>
      over(casesFor(rule), (each) => {
        const merged = new Map<string, { vector: readonly number[]; weight: number }>();
        each.vectors.forEach((vector, i) => {
          const key = vector.join();
          merged.set(key, { vector, weight: (merged.get(key)?.weight ?? 0) + each.weights[i]! });
        });
        const values = [...merged.values()];
        const fewer = { vectors: values.map(({ vector }) => vector), weights: values.map(({ weight }) => weight) };
        return agree(result(rule, fewer), result(rule, each), longest(each));
      }),
  },
];

const containment: readonly Law[] = [
  {
    name: 'equal vectors give that vector',
    of: (rule) =>
      over(casesFor(rule), (each) => {
        const [first] = each.vectors;
        return agree(
          result(
            rule,
            mapVectors(each, () => [...first!]),
          ),
          first!,
          longest(each),
        );
      }),
  },
  {
    name: 'a vector with more than half of the weight is the result',
    concerns: takesAnyWeights,
    of: (rule) =>
      over(casesFor(rule), (each) => {
        const [first] = each.vectors;
        const heavy = each.weights.map((w, i) => (i === 0 ? w + 1.01 * sum(each.weights) : w));
        return agree(result(rule, { vectors: each.vectors, weights: heavy }), first!, longest(each));
      }),
  },
  {
    name: 'the result lies in the vectors’ box',
    of: (rule) => over(casesFor(rule), (each) => inBox(result(rule, each), each.vectors, longest(each))),
  },
  {
    name: 'the result lies in the vectors’ convex hull',
    of: (rule) =>
      over(fc.record({ each: casesFor(rule), towards: direction }), ({ each, towards }) => {
        const reached = dot(result(rule, each), towards);
        return reached <= Math.max(...each.vectors.map((x) => dot(x, towards))) + 1e-8 * (1 + longest(each));
      }),
  },
  {
    name: 'the result lies in the honest vectors’ box',
    of: (rule) =>
      over(siegesFor(rule), (each) =>
        inBox(result(rule, each, each.lambda), each.honest.vectors, longest(each.honest)),
      ),
  },
];

const inBox = (result: readonly number[], vectors: readonly (readonly number[])[], scale: number): boolean =>
  result.every((value, k) => {
    const column = vectors.map((x) => x[k]!);
    const slack = 1e-9 * (1 + scale);
    return value >= Math.min(...column) - slack && value <= Math.max(...column) + slack;
  });

/** Whether ‖result − x̄_G‖² ≤ bound, to rounding. */
const within = (result: readonly number[], honest: Case, bound: number): boolean =>
  norm(minus(result, meanOf(honest))) <= Math.sqrt(bound) * (1 + 1e-6) + 1e-8 * (1 + longest(honest));

const robustness: readonly Law[] = [
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

const memory: readonly Law[] = [
  {
    name: 'float32 vectors give the float64 result, rounded',
    of: (rule) =>
      over(casesFor(rule), (each) => {
        const single = mapVectors(each, (x) => x.map(Math.fround));
        const shape = { count: each.weights.length, dimension: each.vectors[0]!.length };
        const out = new Float32Array(shape.dimension);
        const vectors = single.vectors.map((x) => Float32Array.from(x));
        claimed(rule, each, LAMBDA)({ ...shape, vectors, weights: Float64Array.from(each.weights) }, out);
        return result(rule, single).every((value, k) => Math.fround(value) === out[k]);
      }),
  },
  {
    name: 'a call leaves its inputs alone and no trace in the next',
    of: (rule) =>
      over(fc.record({ first: casesFor(rule), second: casesFor(rule) }), ({ first, second }) => {
        const dimension = second.vectors[0]!.length;
        const before = first.vectors.map((x) => Float64Array.from({ length: dimension }, (_, k) => x[k] ?? 1));
        const vectors = second.vectors.map((x) => Float64Array.from(x));
        const run = rule.rule(LAMBDA, second.weights.length)({ count: MOST, dimension });
        const out = new Float64Array(dimension);
        run({ count: before.length, dimension, vectors: before, weights: Float64Array.from(first.weights) }, out);
        const input = { count: vectors.length, dimension, vectors, weights: Float64Array.from(second.weights) };
        run(input, out);
        const kept = vectors.every((x, i) => x.every((v, k) => v === second.vectors[i]![k]));
        const fresh = result(rule, second);
        return kept && fresh.every((v, k) => v === out[k]) && second.weights.every((w, i) => w === input.weights[i]);
      }),
  },
];

export const laws: readonly Law[] = [...structure, ...weights, ...containment, ...robustness, ...memory];
