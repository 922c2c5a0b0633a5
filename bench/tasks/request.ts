/** How to measure: said beside every task, and no part of what is measured. */
export interface Measuring {
  /** How many times to measure. */
  readonly repeats: number;
  /** Calls in a row for one measurement, which is divided by their number; 1 unless said. */
  readonly calls?: number;
  /** Seconds to go on beforehand. */
  readonly warmup?: number;
  /** A file for what the last call gave, as raw float32. */
  readonly result?: string;
}

/** The first images of a file and their labels: raw float32, channels last, and raw int32. */
interface Images {
  readonly images: string;
  readonly labels: string;
}

/** One gradient of the 66,230-parameter network on the first `batch` images, at a file's parameters (raw float32). */
export interface GradientTask extends Images {
  readonly task: 'gradient';
  readonly parameters: string;
  readonly batch: number;
}

/** The accuracy on all images, `batch` at a time. */
export interface EvaluateTask extends Images {
  readonly task: 'evaluate';
  readonly parameters: string;
  readonly batch: number;
}

/** A rule on the rows of a file of raw float32. */
export interface RuleTask {
  readonly task: 'rule';
  readonly rule: string;
  readonly vectors: string;
  readonly rows: number;
  readonly dimension: number;
  /** The rows' weights, for rules that take any. */
  readonly weights: readonly number[];
  /** How many rows may lie, for rules that ask. */
  readonly f: number;
  /** Whether one row is another at each call, and the rule is told which, as when a message arrives; else all may be. */
  readonly changing?: boolean;
}

/** A whole step of asynchronous μ²-SGD on the images with the 66,230-parameter network. */
export interface StepTask extends Images {
  readonly task: 'step';
  readonly rule: string;
  readonly workers: number;
  readonly byzantine: number;
  readonly batch: number;
  readonly threads: number;
}

export type Task = GradientTask | EvaluateTask | RuleTask | StepTask;

export type Request = Task & Measuring;

/** The least of some times and all of them; or that there is no such task; or why it failed. */
export type Answer =
  | { readonly seconds: number; readonly all: readonly number[] }
  | { readonly unknown: true }
  | { readonly error: string };
