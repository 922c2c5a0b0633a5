/** Adds the gradient of some rows' losses to `out`, and the losses to `sum`; see src/kernels/assembly/rows. */
type Gradient = (
  rows: number,
  chosen: number,
  labels: number,
  count: number,
  scale: number,
  params: number,
  out: number,
  sum: number,
) => number;

/** Sums some rows' losses; counts the correct ones in the rows' table. */
type Scores = (rows: number, chosen: number, labels: number, count: number, params: number) => number;

/** The compiled kernels on rows of data sets. */
export interface RowExports {
  penalize(weights: number, count: number, l2: number, out: number): number;
  readonly squaredGradient: Gradient;
  readonly logisticGradient: Gradient;
  readonly softmaxGradient: Gradient;
  readonly squaredScores: Scores;
  readonly logisticScores: Scores;
  readonly softmaxScores: Scores;
}
