import type { z } from 'zod';
import { variablesOf } from '../../registry/formula.js';
import { partsIn } from '../../registry/part-option.js';
import type { Registered } from '../../registry/part.js';
import type { Choice } from '../choice.js';
import { compileFormula } from '../formula.js';
import { fitting, fittingAsync, type Path } from '../misfit.js';

/** Makes the chosen part: formulas are compiled, and parts among its options are made before it. */
export const makePart = async <Made>(
  registry: Readonly<Record<string, Registered<Made>>>,
  { kind, base: _, ...options }: Choice,
  path: Path,
): Promise<Made> => {
  const part = registry[kind]!;
  const compiled: Record<string, unknown> = { ...options };
  for (const [key, schema] of Object.entries<z.ZodType>(part.parameters.shape)) {
    const variables = variablesOf(schema);
    const value = options[key];
    if (variables && typeof value === 'string')
      compiled[key] = await fittingAsync([...path, key], () => compileFormula(value, { variables }));
  }
  for (const { value, path: inner, put } of partsIn(part.parameters, compiled))
    put(await makePart(registry, value as Choice, [...path, ...inner]));
  return fitting(path, () => part.create(compiled as never));
};
