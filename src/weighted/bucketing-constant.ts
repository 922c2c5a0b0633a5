/** What bucketing is given, and what its base withstands. */
export interface BucketingInput {
  /** n vectors of equal weights, `byzantine` of them Byzantine. */
  readonly count: number;
  readonly byzantine: number;
  /** s, how many a bucket holds. */
  readonly size: number;
  /** κ' of the base for ⌈n/s⌉ vectors of which as many are Byzantine. */
  readonly base: number;
}

/**
 * κ of bucketing in the mean over its draws: E‖A − x̄_G‖² <= κ·V_G for any n given vectors; undefined where every bucket may hold a
 * Byzantine one. (No such κ holds for the worst draw.)
 *
 * Proof: say where in the random order the Byzantine vectors are. g >= ⌈n/s⌉ − f buckets are then free of them, and hold honest
 * vectors drawn without replacement. A combination Σw_k·x_k of such draws with Σw_k = 1 has
 * E‖Σw_k·x_k − x̄_G‖² = V_G·(G/(G−1))·(Σw_k² − 1/G). So with sizes r_b the mean of those buckets, ȳ, has
 * b = E‖ȳ − x̄_G‖²/V_G = (G/(G−1))·(Σ_b 1/(g²·r_b) − 1/G), and their variance is at most a·V_G in the mean with
 * a = (G/(G−1))·(Σ_b 1/(g·r_b) − 1/G). The base has ‖A − ȳ‖² <= κ'·variance, and Minkowski's inequality gives
 * κ = (√(κ'·a) + √b)². Both a and b are largest for the least g with the short bucket among them.
 */
export const bucketingConstant = ({ count, byzantine, size, base }: BucketingInput): number | undefined => {
  const honest = count - byzantine;
  const clean = Math.ceil(count / size) - byzantine;
  if (clean < 1 || honest < 1) return undefined;
  if (honest === 1) return 0;
  const rest = count % size === 0 ? size : count % size;
  const inverse = (clean - 1) / size + 1 / rest;
  const spread = (squares: number): number => Math.max(0, (honest / (honest - 1)) * (squares - 1 / honest));
  return (Math.sqrt(base * spread(inverse / clean)) + Math.sqrt(spread(inverse / clean / clean))) ** 2;
};
