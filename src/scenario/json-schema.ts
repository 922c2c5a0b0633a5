import { z } from 'zod';
import { registriesOf, type Registry } from './choice.js';
import { scenarioSchema } from './schema.js';

type JsonSchema = Record<string, unknown>;

/** JSON Schema of the options of one part. */
export const optionsSchema = (parameters: z.ZodObject): JsonSchema => {
  const { $schema: _, ...schema } = z.toJSONSchema(parameters, { io: 'input', unrepresentable: 'any' });
  return schema;
};

const partSchema = (
  name: string,
  { parameters, summary, source, aliases = [] }: Registry[string],
  operator: boolean,
): JsonSchema => {
  const { properties, required } = optionsSchema(parameters) as {
    properties: JsonSchema;
    required?: readonly string[];
  };
  const base = operator ? { base: { $ref: '#/properties/aggregator', description: 'the rule that it works on' } } : {};
  return {
    type: 'object',
    description: `${summary} ${source.replace(/\.$/, '')}.`,
    properties: { kind: { enum: [name, ...aliases] }, ...properties, ...base },
    required: ['kind', ...(required ?? [])],
    additionalProperties: false,
  };
};

const choiceSchema = (registries: readonly Registry[], description: string | undefined): JsonSchema => {
  const [main, operators] = registries;
  const names = registries.flatMap((registry) =>
    Object.entries(registry).flatMap(([name, part]) => [name, ...(part.aliases ?? [])]),
  );
  const parts = Object.entries(main!).map(([name, part]) => partSchema(name, part, false));
  const operatorParts = Object.entries(operators ?? {}).map(([name, part]) => partSchema(name, part, true));
  const chain = operators
    ? [{ type: 'array', minItems: 1, description: 'read from the workers to the server; operators need no base here' }]
    : [];
  return { description, anyOf: [{ enum: names }, ...parts, ...operatorParts, ...chain] };
};

/** JSON Schema (draft 2020-12) of scenario files, for editors; derived from the registries. */
export const scenarioJsonSchema = (): JsonSchema =>
  z.toJSONSchema(scenarioSchema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const registries = registriesOf.get(zodSchema);
      if (registries) Object.assign(jsonSchema, choiceSchema(registries, jsonSchema.description));
    },
  });
