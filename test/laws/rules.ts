import type { ZodType } from 'zod';
import type { AggregatorOperator, AggregatorRule } from '../../src/weighted/aggregator.js';
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

/** An operator of the registry, told which share of the weight may lie. */
export interface NamedOperator {
  readonly name: string;
  readonly operator: (lambda: number) => AggregatorOperator;
  readonly constants: readonly RobustnessConstant[];
}

/** Every operator. */
export const namedOperators: readonly NamedOperator[] = Object.entries(operators).map(([name, part]) => ({
  name,
  operator: (lambda) => make(part, { lambda }),
  constants: part.constants,
}));

const operated: readonly NamedRule[] = namedOperators.flatMap(({ name, operator, constants }) =>
  plain.map((base) => ({
    name: `${name}∘${base.name}`,
    rule: (lambda) => operator(lambda)(base.rule(lambda)),
    base,
    constants,
  })),
);

/** Every rule, and every operator over every rule. */
export const rules: readonly NamedRule[] = [...plain, ...operated];
