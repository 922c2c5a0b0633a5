import { clusterMemoryNeeded } from '../../engine/cluster/memory-needed.js';
import {
  isClusterProtocol,
  servingOf,
  type ClusterProtocol,
  type Members,
  type Plan,
  type Protocol,
  type Serving,
  type WorkerPlan,
} from '../../engine/index.js';
import { memoryNeeded, type MemoryNeeded } from '../../engine/memory-needed.js';
import { fewestCalled } from '../../engine/protocol.js';
import type { Objective } from '../../learning/objective.js';
import { fitting } from '../misfit.js';
import type { Scenario } from '../schema.js';
import type { Surroundings } from '../surroundings.js';
import type { Scope } from './make-delays.js';
import { makeServerMembers, makeServers } from './make-servers.js';
import { makeTransport } from './make-transport.js';
import type { Member } from './members.js';

/** Who serves the workers of a run, and what that asks of the rest: one server, or several, or workers each other. */
export interface ServerSide {
  /** Who takes part. */
  readonly crew: Members;
  /** The most vectors that are handed to the aggregator, and the fewest. */
  readonly count: number;
  readonly fewest: number;
  /** Whether there are several servers, or none but workers. */
  readonly several: boolean;
  /** Whether methods in rounds can work. */
  readonly rounds: boolean;
  /** What a policy is told; undefined where none can be at work. */
  readonly serving: Serving | undefined;
  /** How models and messages are carried, and by whom they are served. `turning`: whether a worker, from 0, may turn. */
  transport(
    objective: Objective,
    turning: (worker: number) => boolean,
    scope: Scope,
  ): Promise<Pick<Plan, 'transport' | 'copies' | 'changesUntil' | 'datagrams' | 'servers'>>;
  /** Refuses workers that can't be served, or what can't be worked on. @throws Misfit. */
  check(workers: readonly WorkerPlan[], method: Plan['method'], objective: Objective): void;
  memory(plan: Plan): MemoryNeeded;
}

const oneServer = (
  scenario: Scenario,
  protocol: Protocol,
  all: readonly Member[],
  surroundings: Surroundings,
): ServerSide => {
  const { length } = all;
  const gathers = protocol.gathers?.(length);
  const count = gathers?.rows ?? length;
  return {
    crew: { workers: all, servers: [] },
    count,
    fewest: protocol.fewest?.(length) ?? count,
    several: false,
    rounds: protocol.rounds ?? false,
    serving: servingOf(protocol, length),
    transport: (objective, turning, scope) =>
      makeTransport(scenario, protocol, objective, all, turning, scope, surroundings),
    check: (workers, method) => fitting(['protocol'], () => protocol.check(workers, fewestCalled(method))),
    memory: (plan) => memoryNeeded(plan, gathers),
  };
};

const severalServers = (scenario: Scenario, protocol: ClusterProtocol, crew: Members): ServerSide => {
  fitting(['protocol'], () => protocol.requireMembers(crew));
  const shape = protocol.shape(crew);
  return {
    crew,
    count: shape.gradients,
    fewest: protocol.fewestOf?.(crew) ?? shape.gradients,
    several: true,
    rounds: false,
    serving: undefined,
    transport: (objective, _turning, scope) => makeServers(scenario, protocol, crew, objective, scope),
    check: (_workers, method, objective) => fitting(['protocol'], () => protocol.requirePlan?.({ method, objective })),
    memory: (plan) => clusterMemoryNeeded(plan, shape),
  };
};

/** Who serves the workers under a protocol. @throws Misfit that says what doesn't go together. */
export const serverSideOf = (
  scenario: Scenario,
  protocol: Protocol | ClusterProtocol,
  all: readonly Member[],
  surroundings: Surroundings,
): ServerSide => {
  const servers = makeServerMembers(scenario, protocol);
  return isClusterProtocol(protocol)
    ? severalServers(scenario, protocol, { workers: all, servers })
    : oneServer(scenario, protocol, all, surroundings);
};
