import { z } from 'zod';
import { bare } from './bare.js';
import { OutOfRangeError } from './out-of-range-error.js';

/** A number computed from named variables. */
export type Formula = (variables: Readonly<Record<string, number>>) => number;

/** What a scenario or a program may give where a formula is allowed: a number, the formula's text, or a function. */
export type FormulaOption = number | string | Formula;

/** Names the variables that a formula's text may use; found again by `variablesOf`. */
const allowed = new WeakMap<z.ZodType, readonly string[]>();

/** The schema of an option that may be a number or a formula of `variables`. */
export const formulaOption = (
  variables: readonly string[],
  description: string,
): z.ZodType<FormulaOption, number | string> => {
  const schema = z
    .union([z.number(), z.string()])
    .describe(`${description}; a number or a formula of ${variables.join(', ')}`);
  allowed.set(schema, variables);
  return schema;
};

/** The variables of a formula's schema, seen through `optional` and `default`; undefined for any other schema. */
export const variablesOf = (schema: z.ZodType): readonly string[] | undefined => {
  const inner = bare(schema);
  return inner instanceof z.ZodType ? allowed.get(inner) : undefined;
};

/** Which values a formula may take; finite in any case. */
export interface Range {
  /** Values are greater than this. */
  readonly above?: number;
  /** Values are this or more. */
  readonly least?: number;
  /** Values are this or less. */
  readonly most?: number;
}

const rangeText = ({ above, least, most }: Range): string =>
  [
    'finite',
    ...(above === undefined ? [] : [`> ${above}`]),
    ...(least === undefined ? [] : [`>= ${least}`]),
    ...(most === undefined ? [] : [`<= ${most}`]),
  ].join(', ');

/**
 * The function behind the option called `name`: a number becomes a constant. What it gives is held to `range`, first at the
 * variables in `trials`, so that most formulas that go wrong do so before a run.
 * @throws TypeError for a text, which only `scenario/` can compile; OutOfRangeError, also from the function returned.
 */
export const toFormula = (
  option: FormulaOption,
  name: string,
  range: Range = {},
  trials: readonly Readonly<Record<string, number>>[] = [],
): Formula => {
  if (typeof option === 'string')
    throw new TypeError(`${name}: the formula "${option}" was not compiled; give a number or a function`);
  const formula: Formula = typeof option === 'number' ? () => option : option;
  const { above = -Infinity, least = -Infinity, most = Infinity } = range;
  const checked: Formula = (variables) => {
    const value = formula(variables);
    if (value > above && value >= least && value <= most && Number.isFinite(value)) return value;
    const at =
      typeof option === 'number'
        ? ''
        : ` at ${Object.entries(variables)
            .map(([key, at]) => `${key} = ${at}`)
            .join(', ')}`;
    throw new OutOfRangeError(`${name} is ${value}${at}; it must be ${rangeText(range)}`);
  };
  for (const variables of trials) checked(variables);
  return checked;
};
