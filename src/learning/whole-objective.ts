import type { ReadonlyVector, Vector } from '../kernels/vector.js';
import { compensatedSum } from './compensated-sum.js';
import type { Batch, Objective, Share } from './objective.js';

/** Rows whose gradient is taken at a time: within so many, plain summation loses next to nothing. */
const BLOCK = 256;

/** What f(x) = (1/G)·Σf_i(x) of G workers is made of. */
interface Term {
  readonly batch: Batch;
  /** How much of f its mean is; all together 1. */
  readonly weight: number;
}

/** A function with its gradient, over all rows of the shares of a set of workers. */
export interface WholeObjective {
  /** How many blocks of rows it is taken in. */
  readonly blocks: number;
  /** Writes ∇f(params) to `out` and returns f(params); yields after every block but the last. */
  take(params: ReadonlyVector, out: Vector): Generator<void, number>;
}

/** Claims a vector of the objective's length. */
export type Claim = () => Vector;

const blocksOf = ({ rows, labels, noise }: Batch, weight: number): readonly Term[] => {
  if (rows.length <= BLOCK) return [{ batch: { rows, labels, noise }, weight }];
  const terms: Term[] = [];
  for (let from = 0; from < rows.length; from += BLOCK) {
    const some = rows.subarray(from, from + BLOCK);
    const batch = { rows: some, labels: labels.subarray(from, from + BLOCK), noise };
    terms.push({ batch, weight: weight * (some.length / rows.length) });
  }
  return terms;
};

const termsOf = (objective: Objective, shares: readonly Share[]): readonly Term[] => {
  const workers = new Map<Share, number>();
  for (const share of shares) workers.set(share, (workers.get(share) ?? 0) + 1);
  return [...workers].flatMap(([share, count]) => blocksOf(objective.whole!(share), count / shares.length));
};

/**
 * f(x) = (1/G)·Σf_i(x) of the G workers who have `shares`, where f_i is the mean over all rows of a share, penalty included: to
 * about the last place of float64, since blocks of rows are added with compensation. Workers with the same share count each but
 * are taken once. `claim` gives vectors where the objective's kernels work.
 * Throws a RangeError for an objective without `whole`, and for an empty share.
 */
export const wholeObjective = (objective: Objective, shares: readonly Share[], claim: Claim): WholeObjective => {
  if (!objective.whole) throw new RangeError('the objective takes no gradient over all rows of a share');
  const terms = termsOf(objective, shares);
  const { dimension } = objective;
  const part = claim();
  const carry = new Float64Array(dimension);
  return {
    blocks: terms.length,
    *take(params, out) {
      const value = compensatedSum();
      carry.fill(0);
      out.fill(0);
      for (const [i, { batch, weight }] of terms.entries()) {
        if (i > 0) yield;
        value.add(weight * objective.gradient(params, batch, part));
        addScaled(out, carry, weight, part);
      }
      for (let k = 0; k < dimension; k++) out[k]! += carry[k]!;
      return value.total();
    },
  };
};

/** sum += scale·vector, with what rounding loses in `carry` (Neumaier 1974). */
const addScaled = (sum: Vector, carry: Float64Array, scale: number, vector: ReadonlyVector): void => {
  for (let k = 0; k < carry.length; k++) {
    const before = sum[k]!;
    const term = scale * vector[k]!;
    const after = before + term;
    carry[k]! += Math.abs(before) >= Math.abs(term) ? before - after + term : term - after + before;
    sum[k] = after;
  }
};
