import type { ZodType } from 'zod';
import type { AggregatorRule } from '../../src/weighted/aggregator.js';
import { aggregators, operators } from '../../src/weighted/index.js';
import type { RobustnessConstant } from '../../src/weighted/robustness-constant.js';

/** A rule of the registry, or an operator over one, told which share of the weight may lie. */
export interface NamedRule {
  readonly name: string;
  readonly rule: (lambda: number) => AggregatorRule;
  /** The rule below an operator. */
  readonly base: NamedRule | null;
  readonly constants: readonly RobustnessConstant[];
}

const make = <Made>(
  part: { readonly parameters: ZodType; readonly create: (options: never) => Made },
  options: object,
): Made => part.create(part.parameters.parse(options) as never);

const plain: readonly NamedRule[] = Object.entries(aggregators).map(([name, part]) => ({
  name,
  rule: () => make(part, {}),
  base: null,
  constants: part.constants,
}));

const operated: readonly NamedRule[] = Object.entries(operators).flatMap(([name, part]) =>
  plain.map((base) => ({
    name: `${name}∘${base.name}`,
    rule: (lambda) => make(part, { lambda })(base.rule(lambda)),
    base,
    constants: part.constants,
  })),
);

/** Every rule, and every operator over every rule. */
export const rules: readonly NamedRule[] = [...plain, ...operated];
