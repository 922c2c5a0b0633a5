/** One line of a benchmark's result. */
export interface Row {
  /** What was measured. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** How many times better than `peer`. */
  readonly ratio?: number;
  /** Whom `ratio` compares with. */
  readonly peer?: string;
  /** The ratio that is required. */
  readonly atLeast?: number;
  /** The largest value that is allowed, in `unit`. */
  readonly atMost?: number;
}
