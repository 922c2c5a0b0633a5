import type { z } from 'zod';
import type { attacks } from '../attacks/index.js';
import type { serverAttacks } from '../attacks/servers/index.js';
import type { timings } from '../attacks/timing/index.js';
import type { networkRules } from '../carriers/index.js';
import type { compressors } from '../compressors/index.js';
import type { datasets, partitions } from '../learning/data/index.js';
import type { models } from '../learning/index.js';
import type { methods } from '../methods/index.js';
import type { availabilities, AvailabilityProgram, During } from '../network/index.js';
import type { policies } from '../policies/index.js';
import type { protocols } from '../protocols/index.js';
import type { WorkerSet } from '../registry/workers.js';
import type { switchings } from '../switching/index.js';
import type { aggregators, operators } from '../weighted/index.js';
import type { figureSchema } from './figure-schema.js';
import type { between, network } from './network-schema.js';
import type { servers } from './servers-schema.js';

type Parameters = Readonly<Record<string, { readonly parameters: z.ZodType }>>;

/** Only the keys that are known by name. */
type Known<Type> = { [Key in keyof Type as string extends Key ? never : Key]: Type[Key] };

/** What a part's options may be given as, beside its name. */
type Options<Registry extends Parameters, Name extends keyof Registry> = { readonly kind: Name } & Known<
  z.input<Registry[Name]['parameters']>
>;

type Named<Registry extends Parameters> = {
  [Name in keyof Registry & string]: Options<Registry, Name>;
}[keyof Registry & string];

/** A part of a registry: its name, or an object with `kind` and options. Aliases are for files; programs use names. */
export type PartInput<Registry extends Parameters> = (keyof Registry & string) | Named<Registry>;

/** What an operator works on. */
interface Based {
  readonly base: RuleInput;
}

/** Operators from the workers to the server, then a rule. */
type Chain = readonly [...(Named<typeof operators> | RuleInput)[], RuleInput];

/** A rule, an operator with its base, or a list read from the workers to the server. */
export type RuleInput = PartInput<typeof aggregators> | (Named<typeof operators> & Based) | Chain;

/** A rule of the network: an object with the key that names it, such as { drop: 0.1 }. */
type NetworkRuleInput = {
  [Name in keyof typeof networkRules]: Known<z.input<(typeof networkRules)[Name]['parameters']>>;
}[keyof typeof networkRules];

/** What is between servers, where there are several. */
type BetweenInput = Omit<z.input<typeof between>, 'rules'> & { readonly rules?: readonly NetworkRuleInput[] };

/** The servers, where the protocol has several. */
type ServersInput = Omit<z.input<typeof servers>, 'byzantine' | 'attack' | 'aggregator'> & {
  readonly byzantine?: number | WorkerSet;
  readonly attack?: PartInput<typeof serverAttacks>;
  readonly aggregator?: RuleInput;
};

/** How long computing and travelling take, and what is in the way. */
export type NetworkInput = Omit<
  z.input<typeof network>,
  'bandwidth' | 'compression' | 'datagrams' | 'rules' | 'between'
> & {
  readonly compression?: PartInput<typeof compressors>;
  readonly bandwidth?: { readonly up?: number | string; readonly down?: number | string };
  readonly datagrams?: Omit<NonNullable<z.input<typeof network>['datagrams']>, 'workers'> & {
    readonly workers?: Workers;
  };
  readonly rules?: readonly NetworkRuleInput[];
  readonly between?: BetweenInput;
};

/** Something that happens at a moment of the run: steps (`100 steps`) or virtual time (`30s`) after its start. */
type Intervention = { readonly at: number | string } & (
  | { readonly worker: number; readonly becomes: 'byzantine' | 'honest' }
  | { readonly workers: WorkerSet; readonly becomes: 'byzantine' | 'honest' }
  | { readonly lr: number | string }
  | { readonly partition: WorkerSet; readonly for: number | string; readonly meanwhile?: 'held' | 'lost' }
);

type Workers = 'honest' | 'byzantine' | WorkerSet;

/** Availability of some workers. */
type ForSome =
  | (Named<typeof availabilities> & { readonly workers: Workers })
  | { readonly workers: Workers; readonly stream: AvailabilityProgram; readonly during?: During };

/** A scenario as a program gives it, with every name and option known to the compiler. Keys: docs/scenarios.md. */
export interface ScenarioInput {
  readonly name: string;
  readonly label?: string;
  readonly description?: string;
  readonly seed?: number;
  readonly learn: {
    readonly data?: PartInput<typeof datasets>;
    readonly model: PartInput<typeof models>;
    readonly batch?: number;
    readonly partition?: PartInput<typeof partitions>;
  };
  readonly workers: {
    readonly count: number;
    readonly byzantine?: number | WorkerSet | Named<typeof switchings>;
    readonly speed?: number | string;
    readonly availability?: PartInput<typeof availabilities> | AvailabilityProgram | readonly ForSome[];
  };
  readonly servers?: ServersInput | null;
  readonly network?: NetworkInput;
  readonly protocol?: PartInput<typeof protocols>;
  readonly policy?: PartInput<typeof policies>;
  readonly method: PartInput<typeof methods>;
  readonly aggregator: RuleInput;
  readonly weights?: number | string;
  readonly attack?: PartInput<typeof attacks>;
  readonly timing?: PartInput<typeof timings>;
  readonly script?: readonly (string | Intervention)[];
  readonly stop: { readonly steps?: number; readonly time?: number | string; readonly gradients?: number };
  readonly measure?: {
    readonly every?: number | string;
    readonly optimum?: boolean;
    readonly theory?: { readonly delta: number; readonly c?: number };
  };
  readonly figure?: z.input<typeof figureSchema>;
  readonly replications?: number;
  readonly compare?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
