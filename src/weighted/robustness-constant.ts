/**
 * A guarantee of (c_λ, λ)-weighted robustness: when Byzantine vectors hold at most a share λ < 1/2 of the weight,
 * ‖output − x̄_G‖² ≤ c_λ·V_G, with x̄_G the weighted mean of the honest vectors and V_G their weighted mean squared
 * distance from it. Dahan & Levy 2024, definition 3.1, for given vectors.
 */
export interface RobustnessConstant {
  readonly name: 'c_λ';
  /**
   * The constant at `lambda` in [0, 1/2). An operator's also depends on its base's constant `base`;
   * it holds as well with the base's error on the input at hand, ‖base output − x̄_G‖² / V_G, in that place.
   */
  readonly value: (lambda: number, base: number) => number;
  /** `value` as people write it, in λ and, for an operator, c, its base's constant. */
  readonly formula: string;
  /** `published`: in the cited paper. `proved`: sharper, with the proof cited. */
  readonly status: 'proved' | 'published';
  readonly source: string;
}
