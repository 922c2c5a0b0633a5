import { attacks } from '../attacks/index.js';
import { serverAttacks } from '../attacks/servers/index.js';
import { timings } from '../attacks/timing/index.js';
import { networkRules } from '../carriers/index.js';
import { compressors } from '../compressors/index.js';
import { datasets, partitions } from '../learning/data/index.js';
import { models } from '../learning/index.js';
import { methods } from '../methods/index.js';
import { availabilities } from '../network/index.js';
import { policies } from '../policies/index.js';
import { protocols } from '../protocols/index.js';
import { bare } from '../registry/bare.js';
import { choosesIn } from '../registry/part-option.js';
import { distributions } from '../random/index.js';
import { switchings } from '../switching/index.js';
import { aggregators, operators } from '../weighted/index.js';
import type { Registry } from './choice.js';
import { delayForms } from './delay-forms.js';
import { optionsSchema } from './json-schema.js';

/** What the project knows by name, by kind. */
const kinds = {
  aggregators: { ...aggregators, ...operators },
  attacks,
  'server-attacks': serverAttacks,
  timings,
  switchings,
  methods,
  protocols,
  policies,
  delays: { ...distributions, ...delayForms },
  availabilities,
  'network-rules': networkRules,
  compressors,
  models,
  datasets,
  partitions,
} satisfies Record<string, Registry>;

export type CatalogueKind = keyof typeof kinds;

export const catalogueKinds = Object.keys(kinds) as readonly CatalogueKind[];

export interface CatalogueParameter {
  readonly name: string;
  readonly required: boolean;
  readonly default?: unknown;
  readonly description?: string;
  /** The kind of what it is chosen from, where it is such a thing itself. */
  readonly kind?: CatalogueKind;
}

/** What a part guarantees: a constant, its formula, and whether it is proved, published or measured. */
interface Constant {
  readonly name: string;
  readonly status: string;
  readonly formula: string;
  readonly source: string;
}

/** One named thing, as `tardigrade list` shows it. */
export interface CatalogueEntry {
  readonly kind: CatalogueKind;
  readonly name: string;
  readonly aliases: readonly string[];
  /** Whether it works on another rule, its `base`. */
  readonly operator?: boolean;
  readonly summary: string;
  readonly parameters: readonly CatalogueParameter[];
  readonly precondition?: string;
  /** Weights that have a meaning for it, where not all have. */
  readonly weights?: string;
  /** Where only some variants take any weights: which. */
  readonly weightedVariants?: readonly string[];
  readonly complexity?: string;
  readonly knowledge?: string;
  /** What an attack sends. */
  readonly formula?: string;
  readonly constants?: readonly Constant[];
  /** Why nothing bounds its error, where nothing does. */
  readonly noConstant?: string;
  readonly source: string;
}

/** What an option is chosen from that is a part itself. */
const kindOf = (schema: unknown): { readonly kind?: CatalogueKind } => {
  const kind = `${choosesIn(bare(schema) as object) ?? ''}s`;
  return Object.hasOwn(kinds, kind) ? { kind: kind as CatalogueKind } : {};
};

const parametersOf = (part: Registry[string]): readonly CatalogueParameter[] => {
  const { properties = {}, required = [] } = optionsSchema(part.parameters) as {
    properties?: Record<string, { default?: unknown; description?: string }>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { default: value, description }]) => ({
    name,
    required: required.includes(name),
    ...(value === undefined ? {} : { default: value }),
    ...(description === undefined ? {} : { description }),
    ...kindOf(part.parameters.shape[name]),
  }));
};

/** A constant without the function that computes it: entries are plain data. */
const told = ({ name, status, formula, source }: Constant): Constant => ({ name, status, formula, source });

/** All that can be named, or all of one kind, in the order of the registries. */
export const catalogue = (kind?: CatalogueKind): readonly CatalogueEntry[] =>
  (kind === undefined ? catalogueKinds : [kind]).flatMap((each) =>
    Object.entries<
      Registry[string] &
        Partial<
          Pick<
            CatalogueEntry,
            'weights' | 'weightedVariants' | 'complexity' | 'knowledge' | 'formula' | 'constants' | 'noConstant'
          >
        >
    >(kinds[each]).map(([name, part]): CatalogueEntry => ({
      kind: each,
      name,
      aliases: part.aliases ?? [],
      ...(each === 'aggregators' ? { operator: Object.hasOwn(operators, name) } : {}),
      summary: part.summary,
      parameters: parametersOf(part),
      ...(part.precondition === undefined ? {} : { precondition: part.precondition }),
      ...(part.weights === undefined ? {} : { weights: part.weights }),
      ...(part.weightedVariants === undefined ? {} : { weightedVariants: part.weightedVariants }),
      ...(part.complexity === undefined ? {} : { complexity: part.complexity }),
      ...(part.knowledge === undefined ? {} : { knowledge: part.knowledge }),
      ...(part.formula === undefined ? {} : { formula: part.formula }),
      ...(part.constants === undefined ? {} : { constants: part.constants.map(told) }),
      ...(part.noConstant === undefined ? {} : { noConstant: part.noConstant }),
      source: part.source,
    })),
  );
