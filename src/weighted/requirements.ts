/** What a rule or an operator asks of its input, and lacks, besides what its options say; for its part in the registry. */
export interface Requirements<Options> {
  /**
   * Weights that have a meaning for it: any, unless told; only equal ones, always or where `f` counts vectors.
   * Unequal ones are refused by name.
   */
  readonly weights?: 'equal' | 'equal with f' | undefined;
  /** Where only some variants take `lambda` and with it any weights: which, as its option names them. The others take `f`. */
  readonly weightedVariants?: readonly string[] | undefined;
  /** Whether its option `lambda` means something else than a share of the weight to withstand. */
  readonly lambdaIsNoShare?: true | undefined;
  /** Why it has no constant that bounds its error, where it has none. */
  readonly noConstant?: string | undefined;
  /** Throws a RangeError with one sentence when `count` workers are too few or too many for the options. */
  readonly check?: ((options: Options, count: number) => void) | undefined;
  /** How many vectors an operator gives its base rule, of `count` that it is given; as many, unless told. */
  readonly given?: ((options: Options, count: number) => number) | undefined;
}

/** Whether unequal weights are refused, given the options. */
export const needsEqualWeights = (
  { weights }: Pick<Requirements<never>, 'weights'>,
  options: { readonly f?: unknown },
): boolean => weights === 'equal' || (weights === 'equal with f' && options.f !== undefined);
