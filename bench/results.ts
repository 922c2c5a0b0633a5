import { z } from 'zod';
import type { Row } from './row.js';

/** What a run of one group of benchmarks gave, and where and when. */
export interface GroupResult {
  /** Day of the measurement, as 2026-01-31. */
  readonly date: string;
  /** Processor, Node's version, platform. */
  readonly machine: string;
  /** Names and versions of those it was measured beside. */
  readonly peers: readonly string[];
  readonly rows: readonly Row[];
}

/** The latest result of each group, by its name. */
export type Results = Readonly<Record<string, GroupResult>>;

const optional = z.number().optional();

const rowSchema = z.strictObject({
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  ratio: optional,
  peer: z.string().optional(),
  difference: optional,
  skipped: z.string().optional(),
  atLeast: optional,
  ratioAtMost: optional,
  atMost: optional,
});

const fileSchema = z.object({
  groups: z.record(
    z.string(),
    z.object({ date: z.string(), machine: z.string(), peers: z.array(z.string()), rows: z.array(rowSchema) }),
  ),
});

/** The text of a file of results. */
export const writtenResults = (groups: Results): string => `${JSON.stringify({ groups }, null, 2)}\n`;

/** What a file of results holds; nothing where its text is none, or of another form. */
export const readResults = (text: string): Results => {
  try {
    // Absent fields stay absent through JSON, which is all that the schema's `| undefined` adds.
    return fileSchema.parse(JSON.parse(text)).groups as Results;
  } catch {
    return {};
  }
};

/** The groups just measured, and the kept result of each other group that there still is, in the order of `names`. */
export const mergedResults = (kept: Results, measured: Results, names: readonly string[]): Results =>
  Object.fromEntries(
    names.flatMap((name) => {
      const result = measured[name] ?? kept[name];
      return result ? [[name, result]] : [];
    }),
  );
