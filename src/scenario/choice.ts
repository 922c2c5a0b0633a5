import { z } from 'zod';
import { bare } from '../registry/bare.js';
import { clipped, describeFound } from '../registry/found.js';
import { choosesIn, partsIn } from '../registry/part-option.js';
import type { Registered } from '../registry/part.js';
import { didYouMean } from './nearest.js';
import { narrowed, sentenceOf } from './sentence.js';

/** A part chosen by name, with its checked options. Plain data. */
export interface Choice {
  readonly kind: string;
  readonly [option: string]: unknown;
}

export type Registry = Readonly<Record<string, Registered<unknown>>>;

/** What a choice's schema chooses from, for the JSON Schema. */
export const registriesOf = new WeakMap<z.core.$ZodType, readonly Registry[]>();

/** The schema of what a schema that checks by itself may be given, for the JSON Schema. */
export const shownAs = new WeakMap<z.core.$ZodType, z.ZodType>();

/** Every word that `findName` knows: the names, then the aliases. */
const wordsOf = (registry: Registry): readonly string[] => [
  ...Object.keys(registry),
  ...Object.values(registry).flatMap(({ aliases }) => aliases ?? []),
];

export type Context = Parameters<Parameters<z.ZodUnknown['transform']>[0]>[1];

/** The registered name behind a name or an alias. */
export const findName = (registry: Registry, word: string): string | undefined => {
  if (Object.hasOwn(registry, word)) return word;
  const folded = word.toLowerCase();
  return Object.keys(registry).find((name) => name === folded || registry[name]!.aliases?.includes(folded));
};

/** Says what is wrong with `input` at `path` below what is being checked. */
export const report = (context: Context, path: readonly PropertyKey[], input: unknown, message: string): never => {
  context.issues.push({ code: 'custom', path: [...path], input, message });
  return z.NEVER;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema of what stands at `path` below what `schema` is for; undefined where that can't be said. */
const schemaAt = (schema: unknown, [key, ...rest]: readonly PropertyKey[]): unknown => {
  const inner = bare(schema);
  if (key === undefined) return inner;
  if (inner instanceof z.ZodArray) return schemaAt(inner.element, rest);
  return inner instanceof z.ZodObject ? schemaAt(inner.shape[key as string], rest) : undefined;
};

const missing = (what: string, registry: Registry): string =>
  `is missing; ${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what} is needed: ${Object.keys(registry).join(', ')}`;

/** Reports what the schema of one part's options found wrong. */
const reportIssue = (
  issue: z.core.$ZodIssue,
  { parameters }: Registered<unknown>,
  registry: Registry,
  context: Context,
  path: readonly PropertyKey[],
): void => {
  const place = [...path, ...issue.path];
  const schema = schemaAt(parameters, issue.path);
  const what = schema instanceof z.ZodType ? choosesIn(schema) : undefined;
  if (issue.code === 'unrecognized_keys' && schema instanceof z.ZodObject) {
    const [key] = issue.keys as [string];
    const allowed = Object.keys(schema.shape);
    const message = `unknown key "${clipped(key)}"; allowed are ${allowed.join(', ')}${didYouMean(key, allowed)}`;
    context.issues.push({ code: issue.code, keys: [key], path: place, input: issue.input, message });
  } else report(context, place, issue.input, what === undefined ? sentenceOf(issue) : missing(what, registry));
};

/** Checks the options of one part, except those named in `besides`; reports what is wrong to `context`. */
const checkOptions = (
  name: string,
  registry: Registry,
  given: Readonly<Record<string, unknown>>,
  besides: readonly string[],
  context: Context,
  path: readonly PropertyKey[],
): Choice => {
  const part = registry[name]!;
  const { parameters } = part;
  const allowed = [...Object.keys(parameters.shape), ...besides];
  const options: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (key === 'kind') continue;
    if (!allowed.includes(key)) {
      const list = allowed.length === 0 ? 'it takes no options' : `its options are ${allowed.join(', ')}`;
      context.issues.push({
        code: 'unrecognized_keys',
        keys: [key],
        path: [...path],
        input: given,
        message: `unknown option "${key}" of ${name}; ${list}${didYouMean(key, allowed)}`,
      });
    } else if (!besides.includes(key)) options[key] = value;
  }
  const checked = parameters.safeParse(options, { reportInput: true });
  if (!checked.success) {
    for (const issue of checked.error.issues.map(narrowed)) reportIssue(issue, part, registry, context, path);
    return { kind: name };
  }
  const { data } = checked;
  for (const { what, value, path: inner, put } of partsIn(parameters, data))
    put(resolveChoice(what, registry, value, context, [...path, ...inner]));
  return { kind: name, ...data };
};

/** What a name or an object with `kind` chooses from one registry. */
export const resolveChoice = (
  what: string,
  registry: Registry,
  value: unknown,
  context: Context,
  path: readonly PropertyKey[] = [],
  besides: readonly string[] = [],
): Choice => {
  const names = Object.keys(registry);
  const given = typeof value === 'string' ? { kind: value } : value;
  if (!isObject(given))
    return report(
      context,
      path,
      value,
      `${describeFound(value)}; a name is needed, or an object with "kind": ${names.join(', ')}`,
    );
  const { kind } = given;
  const kindPath = typeof value === 'string' ? path : [...path, 'kind'];
  if (typeof kind !== 'string')
    return report(context, kindPath, kind, `${describeFound(kind)}; "kind" names the ${what}: ${names.join(', ')}`);
  const name = findName(registry, kind);
  if (name === undefined)
    return report(
      context,
      kindPath,
      kind,
      `unknown ${what} "${clipped(kind)}"; known are ${names.join(', ')}${didYouMean(kind, wordsOf(registry))}`,
    );
  return checkOptions(name, registry, given, besides, context, path);
};

/** The schema of a choice from a registry: a name, or an object with `kind` and options. */
export const choice = (what: string, registry: Registry, description: string): z.ZodType<Choice> => {
  const schema = z
    .unknown()
    .transform((value, context) =>
      value === undefined
        ? report(context, [], value, missing(what, registry))
        : resolveChoice(what, registry, value, context),
    )
    .describe(description);
  registriesOf.set(schema, [registry]);
  return schema;
};

/** The schema of a choice that has other forms beside it: an object with `kind` and options, never a name alone. */
export const choiceOptions = (what: string, registry: Registry, description: string): z.ZodType<Choice> => {
  const schema = z
    .record(z.string(), z.unknown())
    .transform((value, context) => resolveChoice(what, registry, value, context))
    .describe(description);
  registriesOf.set(schema, [registry]);
  return schema;
};

/**
 * The schema of an aggregation rule: a rule, an operator with its `base`, or a list read from the workers to the server,
 * operators first and a rule last. A list becomes nested choices.
 */
export const ruleChoice = (rules: Registry, operators: Registry, description: string): z.ZodType<Choice> => {
  const both: Registry = { ...rules, ...operators };
  const nameOf = (value: unknown): string | undefined => {
    const named = typeof value === 'string' ? value : isObject(value) ? value.kind : undefined;
    return typeof named === 'string' ? findName(both, named) : undefined;
  };
  const resolve = (value: unknown, context: Context, path: readonly PropertyKey[]): Choice => {
    if (Array.isArray(value)) return resolveChain(value, context, path);
    const name = nameOf(value);
    if (name === undefined || !Object.hasOwn(operators, name))
      return resolveChoice('aggregator', both, value, context, path);
    const outer = resolveChoice('aggregator', both, value, context, path, ['base']);
    const base = isObject(value) ? value.base : undefined;
    if (base === undefined)
      return report(
        context,
        [...path, 'base'],
        base,
        `${name} works on another rule: give it a "base", one of ${Object.keys(both).join(', ')}`,
      );
    return { ...outer, base: resolve(base, context, [...path, 'base']) };
  };
  const resolveChain = (list: readonly unknown[], context: Context, path: readonly PropertyKey[]): Choice => {
    if (list.length === 0) return report(context, path, list, 'the list of aggregators is empty; it ends in a rule');
    const last = list.at(-1);
    const end = nameOf(last);
    if (end !== undefined && Object.hasOwn(operators, end) && !(isObject(last) && 'base' in last))
      return report(
        context,
        [...path, list.length - 1],
        last,
        `the list ends in the operator ${end}; operators stand before the rule that they work on: ${Object.keys(rules).join(', ')}`,
      );
    let chain = resolve(last, context, [...path, list.length - 1]);
    for (let i = list.length - 2; i >= 0; i--) {
      const outer = resolveChoice('operator', operators, list[i], context, [...path, i]);
      chain = { ...outer, base: chain };
    }
    return chain;
  };
  const schema = z
    .unknown()
    .transform((value, context) =>
      value === undefined ? report(context, [], value, missing('aggregator', both)) : resolve(value, context, []),
    )
    .describe(description);
  registriesOf.set(schema, [rules, operators]);
  return schema;
};
