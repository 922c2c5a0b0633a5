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
  (spare: number, times = 2, more: object = {}): Options =>
  (lambda, count) => ({
    f: Math.max(0, Math.min(Math.floor(lambda * count + 1e-6), Math.floor((count - spare) / times))),
    ...more,
  });

type Told = Readonly<Record<string, readonly [options: Options, spare?: number, times?: number]>>;

/** How each rule of the registry is told who may lie; variants that differ in kind stand beside it. */
const told: Readonly<Record<keyof typeof aggregators, Told>> = {
  mean: { mean: [nothing] },
  'average-nan': { 'average-nan': [nothing] },
  cwmed: { cwmed: [nothing] },
  gm: { gm: [nothing] },
  rfa: { rfa: [nothing] },
  trmean: { trmean: [share] },
  meamed: { meamed: [share] },
  phocas: { phocas: [share] },
  krum: { krum: [vectors(3), 3], 'krum-byzfl': [(lambda) => ({ lambda, variant: 'byzfl' })] },
  'multi-krum': { 'multi-krum': [vectors(3), 3], 'multi-krum-byzfl': [(lambda) => ({ lambda, variant: 'byzfl' })] },
  bulyan: {
    bulyan: [vectors(3, 4), 3, 4],
    'bulyan-aggregathor': [vectors(3, 4, { variant: 'aggregathor' }), 3, 4],
    'bulyan-gm': [vectors(3, 4, { selector: 'gm' }), 3, 4],
  },
  mda: { mda: [vectors(1), 1] },
  smea: { smea: [vectors(1), 1] },
  aksel: { aksel: [vectors(1), 1], 'aksel-n-f': [(lambda) => ({ lambda, variant: 'n-f' })] },
  monna: { monna: [share] },
  cge: { cge: [share] },
  'centered-clipping': { 'centered-clipping': [radius] },
  caf: { caf: [share] },
  dnc: { dnc: [(lambda) => ({ lambda, coordinates: 3, iterations: 2 })] },
  mfm: { mfm: [() => ({ threshold: 3 })] },
  fltrust: { fltrust: [nothing] },
};

const toldOperators: Readonly<Record<keyof typeof operators, Options>> = {
  ctma: share,
  nnm: share,
  clipping: radius,
  bucketing: nothing,
  arc: share,
  'clipped-differences': () => ({ lambda: 1 }),
};

/** The laws that define a kind of rule, by the rules of that kind. */
const defining: Readonly<Partial<Record<keyof typeof aggregators, readonly string[]>>> = {
  gm: ['geometric-median'],
  krum: ['selection'],
};

const plain: readonly Subject[] = Object.entries(told).flatMap(([part, instances]) =>
  Object.entries(instances).map(([name, [options, spare, times]]): Subject => ({
    name,
    rule: (lambda, count) =>
      make<AggregatorRule>(aggregators[part as keyof typeof aggregators], options(lambda, count)),
    base: null,
    constants: aggregators[part as keyof typeof aggregators].constants,
    defining: defining[part as keyof typeof aggregators],
    spare: spare ?? 'any weights',
    times: times ?? 2,
  })),
);

/** An operator of the registry, told which share of the weight may lie. */
export interface NamedOperator {
  readonly name: string;
  readonly operator: (lambda: number) => AggregatorOperator;
  /** How many vectors its base is given, of `count`. */
  readonly given: (count: number) => number;
  readonly constants: readonly RobustnessConstant[];
}

/** Every operator. */
export const namedOperators: readonly NamedOperator[] = Object.entries(operators).map(([name, part]) => ({
  name,
  given: (count) => ('given' in part ? part.given({}, count) : count),
  operator: (lambda) => make<AggregatorOperator>(part, toldOperators[name as keyof typeof operators](lambda, 0)),
  constants: part.constants,
}));

const operated: readonly Subject[] = namedOperators.flatMap(({ name, operator, given, constants }) =>
  plain.map((base): Subject => ({
    name: `${name}∘${base.name}`,
    rule: (lambda, count) => operator(lambda)(base.rule(lambda, given(count))),
    base,
    // What a law sees of clipped differences is the first call, which has the base's constants.
    constants: name === 'clipped-differences' ? base.constants : constants,
    spare: base.spare,
    times: base.times,
  })),
);

/** Every rule, and every operator over every rule. */
export const rules: readonly Subject[] = [...plain, ...operated];

/** An operator over every rule. */
export const over = (operator: keyof typeof operators): readonly Subject[] =>
  operated.filter(({ name }) => name.startsWith(`${operator}∘`));
