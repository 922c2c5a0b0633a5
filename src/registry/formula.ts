import { z } from 'zod';

/** A number computed from named variables. */
export type Formula = (variables: Readonly<Record<string, number>>) => number;

/** What a scenario or a program may give where a formula is allowed: a number, the formula's text, or a function. */
export type FormulaOption = number | string | Formula;

/** Names the variables that a formula's text may use; found again by `variablesOf`. */
const allowed = new WeakMap<z.ZodType, readonly string[]>();

/** The schema of an option that may be a number or a formula of `variables`. */
export const formulaOption = (variables: readonly string[], description: string): z.ZodType<FormulaOption> => {
  const schema = z
    .union([z.number(), z.string()])
    .describe(`${description}; a number or a formula of ${variables.join(', ')}`);
  allowed.set(schema, variables);
  return schema;
};

/** The variables of a formula's schema, seen through `optional` and `default`; undefined for any other schema. */
export const variablesOf = (schema: z.ZodType): readonly string[] | undefined => {
  let inner: unknown = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap();
  return inner instanceof z.ZodType ? allowed.get(inner) : undefined;
};

/**
 * The function behind an option: a number becomes a constant.
 * @throws TypeError for a text, which only `scenario/` can compile.
 */
export const toFormula = (option: FormulaOption): Formula => {
  if (typeof option === 'function') return option;
  if (typeof option === 'number') return () => option;
  throw new TypeError(`the formula "${option}" was not compiled; give a number or a function`);
};
