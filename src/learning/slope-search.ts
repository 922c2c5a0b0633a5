/** φ and φ' at a step along a line. */
export interface Slope {
  readonly value: number;
  readonly slope: number;
}

/** A step is long enough when no more than this share of the first slope is left: Nocedal & Wright 2006, (3.7). */
const LEFT = 0.9;
/** It isn't too long when the slope behind the least value is at most this share of the first: Hager & Zhang 2005 with δ = 0.1. */
const RISEN = 0.8;
/** φ may rise by this share of itself, since it is no better known. */
const ROUNDING = 1e-10;
/** Evaluations after which no step is to be found. */
const MOST = 60;

/**
 * A step a > 0 along a line on which the convex φ falls, φ'(0) < 0, first tried at `first`: with −0.9·|φ'(0)| ≤ φ'(a) ≤
 * 0.8·|φ'(0)|, the approximate Wolfe conditions of Hager & Zhang 2005 ("A new conjugate gradient method with guaranteed descent
 * and an efficient line search", (4.1)). They look at slopes, which near the optimum are known to many more digits than the
 * differences of values of the sufficient decrease that they stand for; values only rule out a φ that has risen by more than
 * rounding. The bracket of a least value is halved or cut by the secant of its slopes. Returns undefined when no step is found.
 */
export const slopeSearch = (at: (step: number) => Slope, start: Slope, first: number): number | undefined => {
  const least = Math.abs(start.slope);
  const ceiling = start.value + ROUNDING * Math.abs(start.value);
  let low = { step: 0, slope: start.slope };
  let high: { step: number; slope: number } | undefined;
  let step = first;
  for (let tried = 0; tried < MOST; tried++) {
    const { value, slope } = at(step);
    const tooFar = !Number.isFinite(slope) || slope > RISEN * least || !(value <= ceiling);
    if (!tooFar && slope >= -LEFT * least) return step;
    if (tooFar) high = { step, slope };
    else low = { step, slope };
    const next = high ? between(low, high, tried) : 2 * step;
    if (!(next > low.step) || next === step || !Number.isFinite(next)) return undefined;
    step = next;
  }
  return undefined;
};

/** Where the secant of the slopes is 0, kept off the ends; every third time, and where that isn't known, the middle. */
const between = (
  low: { readonly step: number; readonly slope: number },
  high: { readonly step: number; readonly slope: number },
  tried: number,
): number => {
  const width = high.step - low.step;
  const share = -low.slope / (high.slope - low.slope);
  const known = high.slope > 0 && Number.isFinite(share) && tried % 3 !== 2;
  return low.step + width * (known ? Math.min(0.95, Math.max(0.05, share)) : 0.5);
};
