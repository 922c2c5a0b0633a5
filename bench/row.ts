/** One line of a benchmark's result. */
export interface Row {
  /** What was measured. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** `value` over the peer's: more is better of a rate, less of a time. */
  readonly ratio?: number;
  /** Whom `ratio` compares with. */
  readonly peer?: string;
  /** How far the peer's result is from ours, as a share of its length: ‖ours − theirs‖ / ‖theirs‖. */
  readonly difference?: number;
  /** Why there is no ratio: the peer isn't here, or failed. */
  readonly skipped?: string;
  /** The least ratio that is allowed. */
  readonly atLeast?: number;
  /** The largest ratio that is allowed. */
  readonly ratioAtMost?: number;
  /** The largest value that is allowed, in `unit`. */
  readonly atMost?: number;
}

/** What is required of a row, in words, and whether that is so; undefined where nothing is, or the peer was skipped. */
export const verdict = (row: Row): { readonly asked: string; readonly reached: boolean } | undefined => {
  const { value, unit, ratio, atLeast, ratioAtMost, atMost } = row;
  if (atMost !== undefined) return { asked: `at most ${atMost} ${unit}`, reached: value <= atMost };
  if (ratio === undefined) return undefined;
  if (atLeast !== undefined) return { asked: `at least ${atLeast} ×`, reached: ratio >= atLeast };
  if (ratioAtMost !== undefined) return { asked: `at most ${ratioAtMost} ×`, reached: ratio <= ratioAtMost };
  return undefined;
};
