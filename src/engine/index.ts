export type { ByzantineSet } from './byzantine-set.js';
export { Box } from './cluster/box.js';
export { Cluster } from './cluster/cluster.js';
export {
  isClusterProtocol,
  type ClusterProtocol,
  type ClusterShape,
  type Conduct,
  type Members,
} from './cluster/cluster-protocol.js';
export type { Computed } from './cluster/computing.js';
export type { Letter, Sheet } from './cluster/letter.js';
export { nodeNames } from './cluster/node-names.js';
export type { ServerPlan, ServersPlan } from './cluster/plan.js';
export type { Replica } from './cluster/replica.js';
export type { DatagramRule, Holes } from './datagrams.js';
export { DeadlockError } from './deadlock-error.js';
export type {
  AssignedEvent,
  AvailableEvent,
  Content,
  ContractedEvent,
  DelayCause,
  DelayedEvent,
  DeliveredEvent,
  DroppedEvent,
  DropReason,
  EvaluatedEvent,
  FinishedEvent,
  Outcome,
  Phase,
  PostedEvent,
  ReceivedEvent,
  ScriptedEvent,
  SimulationEvent,
  StartedEvent,
  SteppedEvent,
  TurnedEvent,
} from './event.js';
export type { Gathered, Gathers } from './gathered.js';
export type { Intervention } from './intervention.js';
export type { MeasureEvery, Plan, Stop, WeightRule, WorkerPlan } from './plan.js';
export type { Message, Policy, PolicyContext, PolicyRule, Serving } from './policy.js';
export { servingOf, type Crew, type Protocol } from './protocol.js';
export { simulate } from './simulate.js';
export { attendance } from './attendance.js';
export type { Carrier, CarrierRule, Verdict } from './carrier.js';
export { influenced, type Influence, type InfluenceRule } from './influence.js';
export { journeys } from './carried.js';
export { Journeys, type Hold } from './journeys.js';
export { retryWaits, type Retry, type RetryOptions } from './retry.js';
export { timed } from './timed.js';
export { tryRounds } from './try-rounds.js';
export { directTransport, type Round, type Transport, type TransportContext, type TransportRule } from './transport.js';
export { World } from './world.js';
