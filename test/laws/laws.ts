import fc from 'fast-check';
import {
  aggregate,
  agree,
  anyCase,
  attack,
  dot,
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
} from './cases.js';
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

const structure: readonly Law[] = [
  {
    name: 'the order of the vectors doesn’t matter',
    of: ({ rule }) =>
      over(
        fc.record({ each: anyCase, order: fc.array(fc.nat(), { minLength: 9, maxLength: 9 }) }),
        ({ each, order }) => {
          const indices = each.weights.map((_, i) => i).sort((i, j) => order[i]! - order[j]!);
          const moved = {
            vectors: indices.map((i) => each.vectors[i]!),
            weights: indices.map((i) => each.weights[i]!),
          };
          return agree(aggregate(rule(LAMBDA), moved), aggregate(rule(LAMBDA), each), longest(each));
        },
      ),
  },
  {
    name: 'translated vectors give the translated result',
    of: ({ rule }) =>
      over(fc.record({ each: anyCase, by: direction }), ({ each, by }) => {
        const moved = mapVectors(each, (x) => x.map((v, k) => v + 7 * by[k]!));
        const expected = aggregate(rule(LAMBDA), each).map((v, k) => v + 7 * by[k]!);
        return agree(aggregate(rule(LAMBDA), moved), expected, longest(each) + longest(moved));
      }),
  },
  {
    name: 'stretched vectors give the stretched result',
    of: ({ rule }) =>
      over(fc.record({ each: anyCase, exponent: fc.integer({ min: -40, max: 40 }) }), ({ each, exponent }) => {
        const scale = 2 ** exponent;
        const stretched = aggregate(
          rule(LAMBDA),
          mapVectors(each, (x) => x.map((v) => v * scale)),
        );
        return agree(
          stretched.map((v) => v / scale),
          aggregate(rule(LAMBDA), each),
          longest(each),
        );
      }),
  },
  {
    name: 'negated vectors give the negated result',
    of: ({ rule }) =>
      over(anyCase, (each) => {
        const negated = aggregate(
          rule(LAMBDA),
          mapVectors(each, (x) => x.map((v) => -v)),
        );
        return agree(
          negated.map((v) => -v),
          aggregate(rule(LAMBDA), each),
          longest(each),
        );
      }),
  },
  {
    name: 'reflected vectors give the reflected result',
    of: ({ rule }) =>
      over(fc.record({ each: anyCase, across: direction }), ({ each, across }) => {
        const reflected = aggregate(
          rule(LAMBDA),
          mapVectors(each, (x) => reflect(x, across)),
        );
        return agree(reflected, reflect(aggregate(rule(LAMBDA), each), across), longest(each));
      }),
  },
  {
    name: 'each coordinate is aggregated alone',
    of: ({ rule }) =>
      over(anyCase, (each) => {
        const alone = each.vectors[0]!.map(
          (_, k) =>
            aggregate(
              rule(LAMBDA),
              mapVectors(each, (x) => [x[k]!]),
            )[0]!,
        );
        return agree(alone, aggregate(rule(LAMBDA), each), longest(each));
      }),
  },
];

const weights: readonly Law[] = [
  {
    name: 'only the weights’ proportions matter',
    of: ({ rule }) =>
      over(
        fc.record({ each: anyCase, factor: fc.double({ min: 1e-3, max: 1e6, noNaN: true }) }),
        ({ each, factor }) => {
          const heavier = { vectors: each.vectors, weights: each.weights.map((w) => w * factor) };
          return agree(aggregate(rule(LAMBDA), heavier), aggregate(rule(LAMBDA), each), longest(each));
        },
      ),
  },
  {
    name: 'a whole weight means as many copies',
    of: ({ rule }) =>
      over(integerCase, (each) => {
        const copies = each.vectors.flatMap((x, i) => Array.from({ length: each.weights[i]! }, () => x));
        const unit = { vectors: copies, weights: copies.map(() => 1) };
        return agree(aggregate(rule(LAMBDA), unit), aggregate(rule(LAMBDA), each), longest(each));
      }),
  },
  {
    name: 'equal vectors may be merged, their weights added',
    of: ({ rule }) =>
      over(anyCase, (each) => {
        const merged = new Map<string, { vector: readonly number[]; weight: number }>();
        each.vectors.forEach((vector, i) => {
          const key = vector.join();
          merged.set(key, { vector, weight: (merged.get(key)?.weight ?? 0) + each.weights[i]! });
        });
        const values = [...merged.values()];
        const fewer = { vectors: values.map(({ vector }) => vector), weights: values.map(({ weight }) => weight) };
        return agree(aggregate(rule(LAMBDA), fewer), aggregate(rule(LAMBDA), each), longest(each));
      }),
  },
];

const containment: readonly Law[] = [
  {
    name: 'equal vectors give that vector',
    of: ({ rule }) =>
      over(anyCase, (each) => {
        const [first] = each.vectors;
        return agree(
          aggregate(
            rule(LAMBDA),
            mapVectors(each, () => [...first!]),
          ),
          first!,
          longest(each),
        );
      }),
  },
  {
    name: 'a vector with more than half of the weight is the result',
    of: ({ rule }) =>
      over(anyCase, (each) => {
        const [first] = each.vectors;
        const heavy = each.weights.map((w, i) => (i === 0 ? w + 1.01 * sum(each.weights) : w));
        return agree(aggregate(rule(LAMBDA), { vectors: each.vectors, weights: heavy }), first!, longest(each));
      }),
  },
  {
    name: 'the result lies in the vectors’ box',
    of: ({ rule }) => over(anyCase, (each) => inBox(aggregate(rule(LAMBDA), each), each.vectors, longest(each))),
  },
  {
    name: 'the result lies in the vectors’ convex hull',
    of: ({ rule }) =>
      over(fc.record({ each: anyCase, towards: direction }), ({ each, towards }) => {
        const result = dot(aggregate(rule(LAMBDA), each), towards);
        return result <= Math.max(...each.vectors.map((x) => dot(x, towards))) + 1e-8 * (1 + longest(each));
      }),
  },
  {
    name: 'the result lies in the honest vectors’ box',
    of: ({ rule }) =>
      over(siege, (each) => inBox(aggregate(rule(each.lambda), each), each.honest.vectors, longest(each.honest))),
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
    of: ({ rule }) =>
      over(
        siege.filter(({ lambda }) => lambda < 0.46),
        (each) => norm(aggregate(rule(each.lambda), each)) <= 20 * (1 + longest(each.honest)),
      ),
  },
  {
    name: 'the error is within every stated c_λ of the honest variance',
    of: ({ rule, base, constants }) =>
      over(attack, (each) => {
        const result = aggregate(rule(each.lambda), each);
        const variance = varianceOf(each.honest);
        const below = base === null ? [0] : base.constants.map(({ value }) => value(each.lambda, 0));
        const bounds = constants.flatMap(({ value }) => below.map((c) => value(each.lambda, c)));
        // A rule that states nothing is held to the best that there is, so that its exception can be seen.
        if (bounds.length === 0) bounds.push(1 / (1 - 2 * each.lambda));
        return bounds.every((bound) => within(result, each.honest, bound * variance));
      }),
  },
  {
    name: 'the error is within (1 + λ/(1−2λ)) of the honest vectors’ mean distance from their mean',
    of: ({ rule }) =>
      over(attack, (each) => {
        const bound = (1 + each.lambda / (1 - 2 * each.lambda)) * meanDistanceOf(each.honest);
        return within(aggregate(rule(each.lambda), each), each.honest, bound ** 2);
      }),
  },
  {
    name: 'each coordinate’s error is within (1 + λ/(1−2λ)) of the honest values’ mean distance from their mean',
    of: ({ rule }) =>
      over(attack, (each) =>
        aggregate(rule(each.lambda), each).every((value, k) => {
          const honest = mapVectors(each.honest, (x) => [x[k]!]);
          const bound = (1 + each.lambda / (1 - 2 * each.lambda)) * meanDistanceOf(honest);
          return within([value], honest, bound ** 2);
        }),
      ),
  },
  {
    name: 'where the honest vectors agree, the result is theirs',
    of: ({ rule }) =>
      over(unanimous, (each) => {
        const [creed] = each.honest.vectors;
        return agree(aggregate(rule(each.lambda), each), creed!, longest(each.honest));
      }),
  },
  {
    name: 'the error is within an operator’s c_λ at the base’s own error, whatever the base',
    concerns: ({ base }) => base !== null,
    of: ({ rule, base, constants }) =>
      over(attack, (each) => {
        if (base === null) return true;
        const result = aggregate(rule(each.lambda), each);
        const error = norm(minus(aggregate(base.rule(each.lambda), each), meanOf(each.honest))) ** 2;
        const variance = varianceOf(each.honest);
        // value(λ, error/V)·V for a value that is affine in the base's constant, so that V = 0 is no exception.
        return constants.every(({ value }) => {
          const slope = value(each.lambda, 1) - value(each.lambda, 0);
          return within(result, each.honest, value(each.lambda, 0) * variance + slope * error);
        });
      }),
  },
  {
    name: 'non-finite vectors with less than half of the weight don’t make the result non-finite',
    of: ({ rule }) =>
      over(fc.record({ each: siege, bad: fc.constantFrom(NaN, Infinity, -Infinity), mixed: fc.boolean() }), (value) => {
        const { each, bad, mixed } = value;
        const vectors = each.vectors.map((x, i) =>
          i < each.honest.vectors.length ? x : x.map((v, k) => (mixed && (k + i) % 2 === 0 ? v : bad)),
        );
        return aggregate(rule(each.lambda), { ...each, vectors }).every(Number.isFinite);
      }),
  },
];

const memory: readonly Law[] = [
  {
    name: 'float32 vectors give the float64 result, rounded',
    of: ({ rule }) =>
      over(anyCase, (each) => {
        const single = mapVectors(each, (x) => x.map(Math.fround));
        const shape = { count: each.weights.length, dimension: each.vectors[0]!.length };
        const out = new Float32Array(shape.dimension);
        const vectors = single.vectors.map((x) => Float32Array.from(x));
        rule(LAMBDA)(shape)({ ...shape, vectors, weights: Float64Array.from(each.weights) }, out);
        return aggregate(rule(LAMBDA), single).every((value, k) => Math.fround(value) === out[k]);
      }),
  },
  {
    name: 'a call leaves its inputs alone and no trace in the next',
    of: ({ rule }) =>
      over(fc.record({ first: anyCase, second: anyCase }), ({ first, second }) => {
        const dimension = second.vectors[0]!.length;
        const before = first.vectors.map((x) => Float64Array.from({ length: dimension }, (_, k) => x[k] ?? 1));
        const vectors = second.vectors.map((x) => Float64Array.from(x));
        const run = rule(LAMBDA)({ count: 9, dimension });
        const out = new Float64Array(dimension);
        run({ count: before.length, dimension, vectors: before, weights: Float64Array.from(first.weights) }, out);
        const input = { count: vectors.length, dimension, vectors, weights: Float64Array.from(second.weights) };
        run(input, out);
        const kept = vectors.every((x, i) => x.every((v, k) => v === second.vectors[i]![k]));
        const fresh = aggregate(rule(LAMBDA), second);
        return kept && fresh.every((v, k) => v === out[k]) && second.weights.every((w, i) => w === input.weights[i]);
      }),
  },
];

export const laws: readonly Law[] = [...structure, ...weights, ...containment, ...robustness, ...memory];
