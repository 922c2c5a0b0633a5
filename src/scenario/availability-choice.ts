import { z } from 'zod';
import { clipped, describeFound } from '../registry/found.js';
import { duringOption } from '../network/index.js';
import { workersOption } from '../registry/workers.js';
import { registriesOf, report, resolveChoice, type Choice, type Context, type Registry } from './choice.js';
import { programChoice, programOf, programRefusal, type Program } from './program.js';
import { narrowed, sentenceOf } from './sentence.js';

/** Schemas that also take a list of choices, each for some of the workers; for the JSON Schema. */
export const listedByWorkers = new WeakSet<z.core.$ZodType>();

const groups = ['honest', 'byzantine'] as const;

/** Whom an entry of a list is for: workers' ids, or one of the two groups. */
export const entryWorkers = z.union([z.enum(groups), workersOption('the workers that it is for')], {
  error: ({ input }) => `${describeFound(input)}; a list of workers’ ids, honest or byzantine is needed`,
});

const during = duringOption('pause');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Place = readonly PropertyKey[];

/** A choice for some workers, of a part or of a function as `stream`. */
const resolveEntry = (registry: Registry, value: unknown, context: Context, path: Place): Choice => {
  if (!isObject(value))
    return report(
      context,
      path,
      value,
      `${describeFound(value)}; an object with "workers" and "kind" is needed, such as { workers: [1, 2], kind: crash, at: 30s }`,
    );
  const workers = entryWorkers.safeParse(value.workers, { reportInput: true });
  if (!workers.success) {
    const issue = narrowed(workers.error.issues[0]!);
    const sentence = issue.code === 'invalid_union' ? issue.message : sentenceOf(issue);
    return report(context, [...path, 'workers', ...issue.path], issue.input, sentence);
  }
  if (typeof value.stream !== 'function') {
    if (value.kind === 'program') return resolveOne(registry, value, context, path);
    return { ...resolveChoice('availability', registry, value, context, path, ['workers']), workers: workers.data };
  }
  const stranger = Object.keys(value).find((key) => !['workers', 'stream', 'during'].includes(key));
  if (stranger !== undefined)
    return report(
      context,
      [...path, stranger],
      value,
      `unknown option "${clipped(stranger)}" beside "stream"; allowed are workers, during`,
    );
  const given = during.safeParse(value.during);
  if (!given.success)
    return report(
      context,
      [...path, 'during'],
      value.during,
      `${describeFound(value.during)}; allowed are pause, lose, finish`,
    );
  return programChoice(value.stream as Program, { during: given.data, workers: workers.data });
};

/** A choice for all workers: a part, or a function. */
const resolveOne = (registry: Registry, value: unknown, context: Context, path: Place): Choice => {
  if (typeof value === 'function') return programChoice(value as Program);
  if (isObject(value) && value.kind === 'program') {
    const choice = value as Choice;
    return programOf(choice) ? choice : report(context, [...path, 'kind'], value.kind, programRefusal);
  }
  return resolveChoice('availability', registry, value, context, path);
};

/**
 * The schema of workers' availability: a part of the registry for all of them, a list of parts each with the `workers` that it
 * is for, or, from a program, a function in place of a part.
 */
export const availabilityChoice = (registry: Registry, description: string): z.ZodType<Choice | readonly Choice[]> => {
  const schema = z
    .unknown()
    .transform((value, context) =>
      Array.isArray(value)
        ? value.map((entry, i) => resolveEntry(registry, entry, context, [i]))
        : resolveOne(registry, value, context, []),
    )
    .describe(description);
  registriesOf.set(schema, [registry]);
  listedByWorkers.add(schema);
  return schema;
};
