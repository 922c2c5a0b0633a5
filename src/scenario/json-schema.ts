import { z } from 'zod';
import { choosesIn } from '../registry/part-option.js';
import { entryWorkers, listedByWorkers } from './availability-choice.js';
import { registriesOf, shownAs, type Registry } from './choice.js';
import { keyedChoices } from './keyed-choice.js';
import { scenarioSchema } from './schema.js';

type JsonSchema = Record<string, unknown>;

/** JSON Schema of the options of one part. */
export const optionsSchema = (parameters: z.ZodObject): JsonSchema => {
  const { $schema: _, ...schema } = z.toJSONSchema(parameters, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // A part within a part is what the scenario's own key for such a part takes.
      const what = choosesIn(zodSchema);
      if (what !== undefined) Object.assign(jsonSchema, { $ref: `#/properties/${what}` });
    },
  });
  return schema;
};

/** Where an operator's base stands: nowhere for a rule, in `base`, or next in a chain; or what names the part is a key of its own. */
type Base = 'none' | 'needed' | 'next' | 'keyed';

const baseSchema = { $ref: '#/properties/aggregator', description: 'the rule that it works on' };

const partSchema = (name: string, part: Registry[string], base: Base): JsonSchema => {
  const { parameters, summary, source, aliases = [] } = part;
  const { properties, required = [] } = optionsSchema(parameters) as {
    properties: JsonSchema;
    required?: readonly string[];
  };
  return {
    type: 'object',
    description: `${summary} ${source.replace(/\.$/, '')}.`,
    properties: {
      kind: { enum: [name, ...aliases] },
      ...properties,
      ...(base === 'none' || base === 'keyed' ? {} : { base: baseSchema }),
    },
    required: [...(base === 'keyed' ? [] : ['kind']), ...required, ...(base === 'needed' ? ['base'] : [])],
    additionalProperties: false,
  };
};

/** The words that may stand alone: those of parts without an option that must be given. */
const wordsSchema = (registry: Registry): JsonSchema[] => {
  const words = Object.entries(registry).flatMap(([name, { parameters, aliases = [] }]) =>
    parameters.safeParse({}).success ? [name, ...aliases] : [],
  );
  return words.length === 0 ? [] : [{ enum: words }];
};

const partSchemas = (registry: Registry, base: Base): readonly JsonSchema[] =>
  Object.entries(registry).map(([name, part]) => partSchema(name, part, base));

const choiceSchema = ([main, operators]: readonly Registry[], description: string | undefined): JsonSchema => {
  const rules = [...wordsSchema(main!), ...partSchemas(main!, 'none')];
  if (!operators) return { description, anyOf: rules };
  const chain = {
    type: 'array',
    minItems: 1,
    description: 'read from the workers to the server; operators need no base here',
    items: {
      anyOf: [{ $ref: '#/properties/aggregator' }, ...wordsSchema(operators), ...partSchemas(operators, 'next')],
    },
  };
  return { description, anyOf: [...rules, ...partSchemas(operators, 'needed'), chain] };
};

/** A list of parts, each for some workers. */
const listSchema = (registry: Registry): JsonSchema => {
  const { $schema: _, ...workers } = z.toJSONSchema(entryWorkers, { io: 'input' });
  const items = partSchemas(registry, 'none').map((part) => ({
    ...part,
    properties: { workers, ...(part.properties as JsonSchema) },
    required: ['workers', ...(part.required as readonly string[])],
  }));
  return { type: 'array', description: 'for some workers each', items: { anyOf: items } };
};

/** JSON Schema (draft 2020-12) of scenario files, for editors; derived from the registries. */
export const scenarioJsonSchema = (): JsonSchema => {
  const schema: JsonSchema = z.toJSONSchema(scenarioSchema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const registries = registriesOf.get(zodSchema);
      if (registries && keyedChoices.has(zodSchema))
        Object.assign(jsonSchema, { anyOf: partSchemas(registries[0]!, 'keyed') });
      else if (registries) Object.assign(jsonSchema, choiceSchema(registries, jsonSchema.description));
      if (registries && listedByWorkers.has(zodSchema))
        (jsonSchema.anyOf as unknown[]).push(listSchema(registries[0]!));
      const shown = shownAs.get(zodSchema);
      if (shown) {
        const { $schema: _, ...rest } = z.toJSONSchema(shown, { io: 'input', unrepresentable: 'any' });
        Object.assign(jsonSchema, rest);
      }
    },
  });
  // A file without a name takes its own.
  const required = schema.required as readonly string[];
  return { ...schema, required: required.filter((key) => key !== 'name') };
};
