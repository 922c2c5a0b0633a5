import fc from 'fast-check';
import type { Attack, AttackRule, AttackView } from '../../src/attacks/attack.js';
import type { Random } from '../../src/random/random.js';
import { seededRandom } from '../../src/random/seeded-random.js';

/** A stream that nobody may draw from: these attacks are deterministic. */
const untouched: Random = {
  next: () => {
    throw new Error('This attack draws nothing.');
  },
  fork: () => untouched,
  state: () => ({ c: 0, s0: 0, s1: 0, s2: 0 }),
  restore: () => undefined,
};

export const view = (
  vectors: readonly (readonly number[])[],
  weights: readonly number[],
  byzantineWeight: number,
  more: Partial<AttackView> = {},
): AttackView => ({
  honest: { count: vectors.length, dimension: vectors[0]?.length ?? 0, vectors, weights },
  byzantineWeight,
  ...{ worker: 1, place: 0, liars: 1, step: 0, time: 0 },
  ...{ progress: null, defence: null, random: untouched, ...more },
});

/** An attack at work on vectors of so many coordinates, its streams drawn from the seed 1. */
export const atWork = (rule: AttackRule, dimension: number, count = 6): Attack => {
  if (rule.kind !== 'vector') throw new Error(`A ${rule.kind} attack sends no vector of its own.`);
  return rule.attack({ count, dimension, random: (name) => seededRandom(1).fork(name) });
};

/** What a worker sends whose honest vector is `own`. */
export const lie = (rule: AttackRule, seen: AttackView, own: readonly number[]): number[] => {
  const out = Float64Array.from(own);
  atWork(rule, own.length, Math.max(1, seen.honest.count))(seen, out);
  return [...out];
};

/** Up to six honest vectors of three coordinates, with numbers of updates. */
export const crowd = fc
  .array(
    fc.record({
      vector: fc.array(
        fc.integer({ min: -64_000, max: 64_000 }).map((n) => n / 64),
        { minLength: 3, maxLength: 3 },
      ),
      updates: fc.integer({ min: 1, max: 5 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((entries) => ({ vectors: entries.map(({ vector }) => vector), weights: entries.map(({ updates }) => updates) }));

/** Each vector as often as it weighs, with weight 1. */
export const repeated = ({ vectors, weights }: { vectors: number[][]; weights: number[] }): typeof vectors =>
  vectors.flatMap((vector, i) => Array.from({ length: weights[i]! }, () => vector));

/** Both as a view and as repeats, beside as many Byzantine updates; `more` is the rest of what is seen. */
export const bothWays = (
  each: { vectors: number[][]; weights: number[] },
  byzantineWeight: number,
  more: () => Partial<AttackView> = () => ({}),
): readonly [AttackView, AttackView] => {
  const copies = repeated(each);
  const ones = copies.map(() => 1);
  return [view(each.vectors, each.weights, byzantineWeight, more()), view(copies, ones, byzantineWeight, more())];
};

/** The weighted mean, slowly. */
export const meanOf = ({ vectors, weights }: { vectors: number[][]; weights: number[] }): number[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return vectors[0]!.map((_, k) => vectors.reduce((sum, x, i) => sum + (weights[i]! * x[k]!) / total, 0));
};

export const squaredDistance = (x: readonly number[], y: readonly number[]): number =>
  x.reduce((sum, value, k) => sum + (value - y[k]!) ** 2, 0);
