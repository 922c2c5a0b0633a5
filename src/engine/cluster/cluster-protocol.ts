import type { Outcome } from '../event.js';
import type { Plan } from '../plan.js';
import type { Crew, Protocol } from '../protocol.js';
import type { Cluster } from './cluster.js';
import type { Letter } from './letter.js';

/** Workers and servers of a run, as protocols of several servers go by them. */
export type Members = Required<Pick<Crew, 'workers' | 'servers'>>;

/** What a protocol of several servers asks of a cluster. */
export interface ClusterShape {
  /** The most vectors that a replica hands to the rule on gradients. */
  readonly gradients: number;
  /** The most that a node hands to the rule on models. */
  readonly models: number;
  /** Whether workers read several models, and so have a rule of their own on them. */
  readonly workersAgree: boolean;
  /** Vectors of the model's length that the protocol keeps itself; few, unless given. */
  readonly vectors?: number;
  /** Vectors that a node usually has under way at a time, or kept by who waits for others of a step; 4 unless given. */
  readonly underWay?: number;
}

/** A protocol at work in one run. */
export interface Conduct {
  /** Has everybody begin. */
  begin(): void;
  /** A letter reaches a node, which holds its sheet from now on: until it has the cluster's `sheets` release it. Says what becomes of it. */
  deliver(letter: Letter): Outcome;
  /** Who waits for what, to be told when nothing is left to happen: "server 1 waits for …". */
  waiting(): string;
}

/** Who computes and who waits for whom, where there are several servers, or where workers are each other's. */
export interface ClusterProtocol extends Omit<
  Protocol,
  'serve' | 'check' | 'waiting' | 'awaitsReturn' | 'takesCopies' | 'restarts' | 'rounds' | 'gathers' | 'fewest'
> {
  /** Whether it needs servers beside workers. */
  readonly needsServers: boolean;
  /** Whether these serve a trusted root, one more node, which holds the model; they don't, unless given. */
  readonly root?: boolean;
  /** The rule on models, as scenarios name it, where they say nothing; for so many Byzantine servers that it is to withstand. */
  modelsRule(members: Members): { readonly kind: string; readonly [option: string]: unknown };
  shape(members: Members): ClusterShape;
  /** The fewest vectors that it hands to the rule on gradients; as many as the most, unless given. */
  fewestOf?(members: Members): number;
  /** Refuses members that it can't serve. @throws RangeError with one sentence. */
  requireMembers(members: Members): void;
  /** Refuses what else of a run it can't work on, before anything happens. @throws RangeError with one sentence. */
  requirePlan?(plan: Pick<Plan, 'method' | 'objective'>): void;
  /** Sets a run up: nothing happens yet. @throws RangeError with one sentence for what it can't work on. */
  conduct(cluster: Cluster): Conduct;
}

/** Whether a protocol is one of several servers. */
export const isClusterProtocol = (protocol: Protocol | ClusterProtocol): protocol is ClusterProtocol =>
  'conduct' in protocol;
