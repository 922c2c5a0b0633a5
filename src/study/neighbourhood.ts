/** What is known of a run whose neighbourhood is asked for. */
export interface NeighbourhoodOptions {
  /** c_λ of the rule for its share of Byzantine vectors: ‖A − x̄_G‖² ≤ c_λ·V_G. >= 0. */
  readonly constant: number;
  /** Honest vectors in each aggregate, all of weight 1. */
  readonly honest: number;
  /** σ: root mean square length of a gradient's noise. */
  readonly noise: number;
  /** L and μ. */
  readonly smoothness: number;
  readonly strongConvexity: number;
}

/**
 * The most that E f(x) − f(x*) can be in the long run of synchronous SGD with a rate η ≤ 1/L under a (c_λ, λ)-robust rule, whatever
 * Byzantine workers send, for an L-smooth and μ-strongly convex quadratic f with independent noise. Proof: the step is
 * x − η·(∇f(x) + e), with e = (A − x̄_G) + (x̄_G − ∇f(x)). By the rule's definition and E V_G = σ²·(1 − 1/h), Minkowski's inequality
 * gives √E‖e‖² ≤ B = √(c_λ·(1 − 1/h))·σ + σ/√h, and √E‖x' − x*‖² ≤ (1 − ημ)·√E‖x − x*‖² + η·B, so that in the long run
 * √E‖x − x*‖² ≤ B/μ and E f(x) − f(x*) ≤ L/2·(B/μ)².
 */
export const neighbourhood = ({
  constant,
  honest,
  noise,
  smoothness,
  strongConvexity,
}: NeighbourhoodOptions): number => {
  const error = Math.sqrt(constant * (1 - 1 / honest)) * noise + noise / Math.sqrt(honest);
  return (smoothness / 2) * (error / strongConvexity) ** 2;
};

/**
 * c_λ of a rule of which a diameter's constant is known: ‖A − x̄_G‖ ≤ Δ·max‖x_i − x_j‖ and max‖x_i − x_j‖² ≤ 2·Σ‖x_i − x̄_G‖² = 2h·V_G.
 */
export const constantOfDiameter = (diameter: number, honest: number): number => 2 * honest * diameter ** 2;
