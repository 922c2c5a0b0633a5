export { DeadlockError } from './deadlock-error.js';
export type {
  AssignedEvent,
  EvaluatedEvent,
  FinishedEvent,
  ReceivedEvent,
  SimulationEvent,
  StartedEvent,
  SteppedEvent,
} from './event.js';
export type { MeasureEvery, Plan, Stop, WeightRule, WorkerPlan } from './plan.js';
export type { Protocol } from './protocol.js';
export { simulate } from './simulate.js';
export { World } from './world.js';
