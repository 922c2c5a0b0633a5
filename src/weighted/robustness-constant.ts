/**
 * A guarantee against Byzantine vectors that hold at most a share λ < 1/2 of the weight, or are f = λn of n equal ones.
 * x̄_G is the weighted mean of the honest vectors.
 *
 * `c_λ`: ‖output − x̄_G‖² ≤ c_λ·V_G, with V_G the weighted mean squared distance of the honest vectors from x̄_G:
 * (c_λ, λ)-weighted robustness, Dahan & Levy 2024, definition 3.1, for given vectors; κ of (f, κ)-robustness for equal weights.
 *
 * `diameter`: ‖output − x̄_G‖ ≤ diameter·max‖x_i − x_j‖ over honest i and j: (f, λ)-resilient averaging.
 */
export interface RobustnessConstant {
  readonly name: 'c_λ' | 'diameter';
  /** The constant at `lambda` in [0, 1/2). An operator's also depends on its base's constant `base`. */
  readonly value: (lambda: number, base: number) => number;
  /** `value` as people write it, in λ and, for an operator, c, its base's constant. */
  readonly formula: string;
  /** `published`: in the cited paper. `proved`: sharper, with the proof told. `measured`: no search has found more. */
  readonly status: 'proved' | 'published' | 'measured';
  readonly source: string;
  /** Variants of the rule, as its option names them, for which it isn't claimed. */
  readonly exceptVariants?: readonly string[];
  /** An operator's that holds as well with the base's error on the input, ‖base output − x̄_G‖²/V_G, in the place of c. */
  readonly anchored?: true;
}
