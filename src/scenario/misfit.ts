import type { z } from 'zod';
import { sentenceOf } from './sentence.js';

export type Path = readonly PropertyKey[];

/** What is wrong with a scenario, and where in it. */
export class Misfit extends Error {
  override readonly name = 'Misfit';

  constructor(
    readonly path: Path,
    readonly sentence: string,
    options?: ErrorOptions,
  ) {
    super(path.length === 0 ? sentence : `${path.map(String).join('.')}: ${sentence}`, options);
  }

  /** The same, seen from `path` above. */
  below(path: Path): Misfit {
    return new Misfit([...path, ...this.path], this.sentence, { cause: this.cause });
  }
}

/** Runs `work`; a RangeError from it is a misfit at `path`. */
export const fitting = <Result>(path: Path, work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    throw asMisfit(path, error);
  }
};

/** Waits for `work`; a RangeError from it is a misfit at `path`. */
export const fittingAsync = async <Result>(path: Path, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw asMisfit(path, error);
  }
};

const asMisfit = (path: Path, error: unknown): unknown =>
  error instanceof RangeError ? new Misfit(path, error.message, { cause: error }) : error;

/** The first thing that a schema found wrong: an unknown key before anything else, since it explains what is missing. */
export const misfitOf = (issues: readonly z.core.$ZodIssue[]): Misfit => {
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  const issue = unknown ?? issues[0]!;
  const path = unknown ? [...unknown.path, unknown.keys[0]!] : issue.path;
  return new Misfit(path, sentenceOf(issue));
};
