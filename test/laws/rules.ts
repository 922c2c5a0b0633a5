import type { ZodType } from 'zod';
import type { Subject } from '../../src/testing/law.js';
import type { AggregatorOperator, AggregatorRule } from '../../src/weighted/aggregator.js';
import { aggregators, operators } from '../../src/weighted/index.js';
import type { RobustnessConstant } from '../../src/weighted/robustness-constant.js';

type Options = (lambda: number, count: number) => object;

const make = <Made>(
  part: { readonly parameters: ZodType; readonly create: (options: never) => Made },
  options: object,
): Made => part.create(part.parameters.parse(options) as never);

const nothing: Options = () => ({});
const share: Options = (lambda) => ({ lambda });
/** A radius that clips some vectors and leaves others alone. */
const radius: Options = () => ({ radius: 10 });
const vectors =
  (spare: number): Options =>
  (lambda, count) => ({ f: Math.max(0, Math.min(Math.floor(lambda * count + 1e-6), Math.floor((count - spare) / 2))) });

type Told = Readonly<Record<string, readonly [options: Options, spare?: number]>>;

/** How each rule of the registry is told who may lie; variants that differ in kind stand beside it. */
const told: Readonly<Record<keyof typeof aggregators, Told>> = {
  mean: { mean: [nothing] },
  cwmed: { cwmed: [nothing] },
  gm: { gm: [nothing] },
  rfa: { rfa: [nothing] },
  trmean: { trmean: [share] },
  meamed: { meamed: [share] },
  krum: { krum: [vectors(3), 3], 'krum-byzfl': [(lambda) => ({ lambda, variant: 'byzfl' })] },
  'multi-krum': { 'multi-krum': [vectors(3), 3], 'multi-krum-byzfl': [(lambda) => ({ lambda, variant: 'byzfl' })] },
  mda: { mda: [vectors(1), 1] },
  smea: { smea: [vectors(1), 1] },
  'centered-clipping': { 'centered-clipping': [radius] },
};

const toldOperators: Readonly<Record<keyof typeof operators, Options>> = { ctma: share, nnm: share, clipping: radius };

/** The laws that define a kind of rule, by the rules of that kind. */
const defining: Readonly<Partial<Record<keyof typeof aggregators, readonly string[]>>> = {
  gm: ['geometric-median'],
  krum: ['selection'],
};

const plain: readonly Subject[] = Object.entries(told).flatMap(([part, instances]) =>
  Object.entries(instances).map(([name, [options, spare]]): Subject => ({
    name,
    rule: (lambda, count) =>
      make<AggregatorRule>(aggregators[part as keyof typeof aggregators], options(lambda, count)),
    base: null,
    constants: aggregators[part as keyof typeof aggregators].constants,
    defining: defining[part as keyof typeof aggregators],
    spare: spare ?? 'any weights',
  })),
);

/** An operator of the registry, told which share of the weight may lie. */
export interface NamedOperator {
  readonly name: string;
  readonly operator: (lambda: number) => AggregatorOperator;
  readonly constants: readonly RobustnessConstant[];
}

/** Every operator. */
export const namedOperators: readonly NamedOperator[] = Object.entries(operators).map(([name, part]) => ({
  name,
  operator: (lambda) => make<AggregatorOperator>(part, toldOperators[name as keyof typeof operators](lambda, 0)),
  constants: part.constants,
}));

const operated: readonly Subject[] = namedOperators.flatMap(({ name, operator, constants }) =>
  plain.map((base): Subject => ({
    name: `${name}∘${base.name}`,
    rule: (lambda, count) => operator(lambda)(base.rule(lambda, count)),
    base,
    constants,
    spare: base.spare,
  })),
);

/** Every rule, and every operator over every rule. */
export const rules: readonly Subject[] = [...plain, ...operated];
