import type { Row } from './row.js';
import type { Contenders } from './contenders.js';

/** What a group of benchmarks is measured with. */
export interface Context {
  /** A folder for files that processes exchange; it is removed afterwards. */
  readonly folder: string;
  readonly contenders: Contenders;
}

/** Benchmarks that are measured together. */
export interface Group {
  /** What it measures. */
  readonly summary: string;
  /** Names and versions of what it is measured beside, besides the contenders. */
  readonly versions?: () => readonly string[];
  readonly measure: (context: Context) => Promise<readonly Row[]>;
}
