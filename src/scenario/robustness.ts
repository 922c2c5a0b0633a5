import { bucketingConstant } from '../weighted/bucketing-constant.js';
import { aggregators, operators, type RobustnessConstant } from '../weighted/index.js';
import type { Choice } from './choice.js';

/** A guarantee of a scenario's rule: E‖A − x̄_G‖² <= κ·V_G for so many equal vectors, of which so many are Byzantine. */
export interface Kappa {
  readonly kappa: number;
  /** Whether it is proved or published; else no search has found more. */
  readonly proved: boolean;
}

const constants: Readonly<Record<string, readonly RobustnessConstant[]>> = Object.fromEntries(
  Object.entries({ ...aggregators, ...operators }).map(([kind, part]) => [kind, part.constants]),
);

/** For rounding of a share that is told as a decimal number. */
const SLACK = 1e-12;

const bucketed = ({ base, size }: Choice, count: number, byzantine: number): Kappa | undefined => {
  const buckets = Math.ceil(count / (size as number));
  const below = kappaOf(base as Choice, buckets, byzantine);
  const kappa = below && bucketingConstant({ count, byzantine, size: size as number, base: below.kappa });
  return kappa === undefined ? undefined : { kappa, proved: below!.proved };
};

/**
 * The least κ that follows from the constants stated for a rule, or for the rules of a chain, what is proved or published before
 * what is measured; that of bucketing is one in the mean over its draws. Undefined where the rule is told to withstand less, and
 * where nothing is stated.
 */
export const kappaOf = (chosen: Choice, count: number, byzantine: number): Kappa | undefined => {
  const { kind, base, variant, lambda, f } = chosen;
  if (kind === 'mean') return byzantine === 0 ? { kappa: 0, proved: true } : undefined;
  if (kind === 'bucketing') return bucketed(chosen, count, byzantine);
  const share = byzantine / count;
  const told = typeof lambda === 'number' ? lambda : typeof f === 'number' ? f / count : share;
  if (told < share - SLACK || told >= 0.5) return undefined;
  const below = base === undefined ? { kappa: 0, proved: true } : kappaOf(base as Choice, count, byzantine);
  if (!below) return undefined;
  const stated = (constants[kind] ?? [])
    .filter(({ name, exceptVariants = [] }) => name === 'c_λ' && !exceptVariants.includes(variant as string))
    .map(({ value, status }) => ({ kappa: value(told, below.kappa), proved: below.proved && status !== 'measured' }))
    .filter(({ kappa }) => Number.isFinite(kappa))
    .sort((a, b) => Number(b.proved) - Number(a.proved) || a.kappa - b.kappa);
  return stated[0];
};

/** Rules whose result is a mean of the vectors by some weights of at least 0, or shorter. */
const means = 'mean gm rfa krum multi-krum mda smea aksel monna cge caf dnc mfm fltrust ctma'.split(' ');
/** Rules whose every coordinate is between the least and the largest of the vectors', or 0. */
const coordinateWise = 'average-nan cwmed trmean meamed phocas bulyan'.split(' ');

/**
 * F_A with ‖A(x)‖ <= F_A·max‖x_i‖, assumption 2.3 of Malinovsky et al. 2024: 1 for means of the vectors; √min(d, n) for rules of
 * single coordinates, since |A_k| <= max_i|x_ik| and Σ_k max_i x_ik² <= Σ_i‖x_i‖² (the paper has √d). Operators that hand means or
 * shortened vectors on have their base's. Undefined for rules that remember something.
 */
export const lengthBoundOf = ({ kind, base, size }: Choice, count: number, dimension: number): number | undefined => {
  if (means.includes(kind)) return 1;
  if (coordinateWise.includes(kind)) return Math.sqrt(Math.min(count, dimension));
  if (base === undefined || kind === 'clipped-differences') return undefined;
  const given = kind === 'bucketing' ? Math.ceil(count / (size as number)) : count;
  return lengthBoundOf(base as Choice, given, dimension);
};
