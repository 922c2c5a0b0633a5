import { z } from 'zod';
import { bare } from './bare.js';

/** What each such schema chooses; found again by `choosesIn`. */
const choices = new WeakMap<object, string>();

/**
 * The schema of an option that is itself a part of the registry that its own part is in: a name, or an object with `kind` and
 * options, which only `scenario/` can resolve. `what` says what such a part is, and is the scenario's key for one.
 */
export const partOption = <Made>(what: string, description: string): z.ZodType<Made> => {
  const schema = z.unknown().describe(description);
  choices.set(schema, what);
  return schema as z.ZodType as z.ZodType<Made>;
};

/** What a schema chooses; undefined for one that isn't an option of this kind. */
export const choosesIn = (schema: object): string | undefined => choices.get(schema);

/** A value that stands for a part, where it stands, and a way to put something else there. */
export interface PartPlace {
  readonly what: string;
  readonly value: unknown;
  readonly path: readonly PropertyKey[];
  readonly put: (made: unknown) => void;
}

/**
 * The values that stand for parts in `options`, which were checked: options, items of lists, and keys of objects in these. `options`
 * takes what is put there; lists and objects in it are copied before.
 */
export function* partsIn(
  parameters: z.ZodObject,
  options: Record<string, unknown>,
  path: readonly PropertyKey[] = [],
): Generator<PartPlace> {
  for (const [key, schema] of Object.entries<z.ZodType>(parameters.shape))
    if (Object.hasOwn(options, key) || choosesIn(schema) !== undefined)
      yield* partsAt(schema, options, key, [...path, key]);
}

function* partsAt(
  schema: unknown,
  holder: object,
  key: PropertyKey,
  path: readonly PropertyKey[],
): Generator<PartPlace> {
  const inner = bare(schema);
  const value: unknown = Reflect.get(holder, key);
  if (value instanceof Object && inner instanceof z.ZodObject) {
    const copy = { ...(value as Record<string, unknown>) };
    Reflect.set(holder, key, copy);
    yield* partsIn(inner, copy, path);
  } else if (Array.isArray(value) && inner instanceof z.ZodArray) {
    const copy: unknown[] = [...(value as readonly unknown[])];
    Reflect.set(holder, key, copy);
    for (const i of copy.keys()) yield* partsAt(inner.element, copy, i, [...path, i]);
  } else {
    const what = choosesIn(inner as object);
    if (what !== undefined) yield { what, value, path, put: (made) => void Reflect.set(holder, key, made) };
  }
}
