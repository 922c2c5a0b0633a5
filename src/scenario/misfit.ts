import type { z } from 'zod';
import { OptionError } from '../registry/option-error.js';
import { narrowed, sentenceOf } from './sentence.js';

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

/** Runs `work`; a RangeError from it is a misfit at `path`, or at the option below it that the error names. */
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
  error instanceof RangeError
    ? new Misfit(error instanceof OptionError ? [...path, error.option] : path, reasonOf(error), { cause: error })
    : error;

/** A part's own sentence as the end of a longer one: without its full stop, its first word in lower case. */
export const reasonOf = ({ message }: Pick<Error, 'message'>): string => {
  if (/^(Invalid (typed )?array length|Array buffer allocation failed|Invalid string length)/.test(message))
    return `more than fits into memory (${message})`;
  if (message.startsWith('Maximum call stack')) return 'it is nested too deeply';
  return message.replace(/\.$/, '').replace(/^(A|An|The|There|This|No|Every|Each|It)\b/, (word) => word.toLowerCase());
};

/** The first thing that a schema found wrong: an unknown key before anything else, since it explains what is missing. */
export const misfitOf = (issues: readonly z.core.$ZodIssue[]): Misfit => {
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown) return new Misfit([...unknown.path, unknown.keys[0]!], sentenceOf(unknown));
  // Of several bounds on one value the last is the scenario's own; the first may be that of whole numbers at large.
  const [first] = issues as [z.core.$ZodIssue, ...z.core.$ZodIssue[]];
  const place = first.path.join('.');
  const issue = narrowed(issues.findLast(({ code, path }) => code === first.code && path.join('.') === place)!);
  return new Misfit(issue.path, sentenceOf(issue));
};
