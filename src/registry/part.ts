import type { z } from 'zod';

/**
 * One thing that scenario files can name: what it is, where it was published, which options it takes, and how it is made.
 * A registry is an object literal of parts; its keys are the words of the scenario files.
 */
export interface Part<Options, Made> {
  /** One sentence for `tardigrade list` and the docs. */
  readonly summary: string;
  /** The publication that defines it, with equation or algorithm number. */
  readonly source: string;
  /** Other names under which scenario files may know it. */
  readonly aliases?: readonly string[];
  /** What must hold for it to keep its promise, in one sentence. */
  readonly precondition?: string;
  /** The options, in the order in which they may stand in `name(a, b)`; each field has a `.describe()` with unit and range. */
  readonly parameters: z.ZodObject & z.ZodType<Options>;
  /** Makes it from checked options; throws a RangeError with one sentence when options contradict each other. */
  readonly create: (options: Options) => Made;
}

/** Ties the options' type of a part's `create` to its `parameters`; fields of a richer part are kept. */
export const definePart = <Options, Made, Extra extends object>(
  part: Part<Options, Made> & Extra,
): Part<Options, Made> & Extra => part;

/** A part of which the options’ type is forgotten: what registries hold, seen from outside. */
export type Registered<Made> = Omit<Part<never, Made>, 'parameters'> & { readonly parameters: z.ZodObject };
