import type { Scores } from '../learning/objective.js';
import type { SimulationTime } from '../scheduler/time.js';

/** The run begins: who takes part. */
export interface StartedEvent {
  readonly kind: 'started';
  readonly time: SimulationTime;
  /** Number of workers; their ids are 1 to `workers`. */
  readonly workers: number;
  /** Ids of the Byzantine ones, ascending. */
  readonly byzantine: readonly number[];
  /** Number of parameters. */
  readonly dimension: number;
  /** Number of servers, where there may be several; as nodes, they come after the workers. A root that they serve is one more, the last node, and not among them. */
  readonly servers?: number;
  /** Numbers of the Byzantine servers, from 1, ascending; there where `servers` is. */
  readonly byzantineServers?: readonly number[];
}

/** A model leaves the server for a worker; what the worker will send back is settled now. */
export interface AssignedEvent {
  readonly kind: 'assigned';
  readonly time: SimulationTime;
  readonly worker: number;
  /** Number of server steps inside the model. */
  readonly version: number;
  /** Virtual milliseconds until the model is there, the work is done, the message is at the server. */
  readonly download: number;
  readonly compute: number;
  readonly upload: number;
  /** Minibatch gradients that the message costs its worker, a positive integer; 1 where it isn't there. Not part of the trace hash. */
  readonly gradients?: number;
}

/** A message reaches the server. */
export interface ReceivedEvent {
  readonly kind: 'received';
  readonly time: SimulationTime;
  readonly worker: number;
  readonly byzantine: boolean;
  /** Version of the model it was computed at. */
  readonly version: number;
  /** Server steps between the download of that model and this arrival. */
  readonly staleness: number;
  /** Messages received from this worker so far, this one included. */
  readonly count: number;
  /** Loss on the worker's minibatch at the model that it was sent; NaN where a Byzantine worker computed none. */
  readonly loss: number;
  /** Bytes of the message, where it doesn't have the usual size. */
  readonly bytes?: number;
  /** Numbers of the message that were lost on the way, where some were. */
  readonly missing?: number;
}

/** A message that nothing is done with. */
export interface DroppedEvent {
  readonly kind: 'dropped';
  readonly time: SimulationTime;
  readonly worker: number;
  readonly byzantine: boolean;
  /** Version of the model it was computed at. */
  readonly version: number;
  readonly reason: DropReason;
  /** Bytes of the message, where it reached the server and doesn't have the usual size. */
  readonly bytes?: number;
}

/** The reasons for which nothing is done with a message that reached the server, or is too late to be called off. */
export const arrivedReasons: readonly DropReason[] = ['late', 'duplicate', 'rejected', 'incomplete'];

/**
 * Why nothing is done with a message: the round that it was for was over before it reached the server (`late`), the network lost
 * it (`lost`), its worker went away while it worked on it (`offline`), the server has it already (`duplicate`), the server's
 * policy refuses it (`rejected`), fragments of it were lost (`incomplete`), or its worker, which is Byzantine, keeps it to itself (`silent`).
 */
export type DropReason = 'late' | 'lost' | 'offline' | 'duplicate' | 'rejected' | 'incomplete' | 'silent';

/** A phase of a worker's round takes longer than was said when the model left the server. */
export interface DelayedEvent {
  readonly kind: 'delayed';
  readonly time: SimulationTime;
  readonly worker: number;
  readonly phase: Phase;
  /** Virtual milliseconds by which it takes longer. */
  readonly span: number;
  readonly cause: DelayCause;
}

/** A part of a worker's round. */
export type Phase = 'download' | 'compute' | 'upload';

/** Why a phase takes longer: the link that all share takes its time, the worker is away, it was lost and is sent again, or something holds it back. */
export type DelayCause = 'link' | 'offline' | 'retry' | 'held';

/** A worker comes or goes. */
export interface AvailableEvent {
  readonly kind: 'available';
  readonly time: SimulationTime;
  readonly worker: number;
  readonly available: boolean;
}

/** A worker turns Byzantine, or back. */
export interface TurnedEvent {
  readonly kind: 'turned';
  readonly time: SimulationTime;
  readonly worker: number;
  readonly byzantine: boolean;
}

/** Something that the scenario's script says happens now. */
export interface ScriptedEvent {
  readonly kind: 'scripted';
  readonly time: SimulationTime;
  /** What happens, as the scenario says it. */
  readonly text: string;
}

/** The server moves the model. */
export interface SteppedEvent {
  readonly kind: 'stepped';
  readonly time: SimulationTime;
  /** Number of steps so far, this one included. */
  readonly step: number;
  /** Euclidean norm of the aggregate. */
  readonly norm: number;
  /** The longest chain of messages so far, each sent because of the one before, that led to this step; there with several servers. */
  readonly rounds?: number;
}

/** A method's fail-safe filter rejected what the rule made of this round. */
export interface TrippedEvent {
  readonly kind: 'tripped';
  readonly time: SimulationTime;
  /** The server step that the round is for, from 1. */
  readonly step: number;
  /** The level J of the estimate that was rejected. */
  readonly level: number;
  /** Euclidean norm of what the filter looks at. */
  readonly distance: number;
  /** The largest distance that the filter lets pass. */
  readonly threshold: number;
}

/**
 * What a message among several servers and workers holds: a model, a gradient (or whatever the method's workers send), what a node
 * has made of several gradients, or a request for a model.
 */
export type Content = 'model' | 'gradient' | 'aggregate' | 'request';

/** A message leaves a node: workers are the nodes 1 to n, servers those after them. */
export interface PostedEvent {
  readonly kind: 'posted';
  readonly time: SimulationTime;
  readonly from: number;
  readonly to: number;
  readonly content: Content;
  /** The step that it is about: server steps inside the model, or that the gradient was computed at. */
  readonly step: number;
  readonly bytes: number;
  /** Virtual milliseconds until it is there; Infinity where it is lost, and not sent again. */
  readonly span: number;
}

/** What becomes of a message that a node is delivered: it counts, now or when its step comes; its step is over; it is there already; or a filter refuses it. */
export type Outcome = 'taken' | 'late' | 'duplicate' | 'rejected';

/** A message reaches a node. */
export interface DeliveredEvent {
  readonly kind: 'delivered';
  readonly time: SimulationTime;
  readonly from: number;
  readonly to: number;
  readonly content: Content;
  readonly step: number;
  readonly outcome: Outcome;
}

/** All honest servers have agreed on their models of a step. */
export interface ContractedEvent {
  readonly kind: 'contracted';
  readonly time: SimulationTime;
  /** The step after which they agreed, from 1. */
  readonly step: number;
  /** The largest Euclidean distance between two honest servers' models before they agreed, and after it. */
  readonly before: number;
  readonly after: number;
}

/** The model is scored. */
export interface EvaluatedEvent {
  readonly kind: 'evaluated';
  readonly time: SimulationTime;
  readonly step: number;
  readonly messages: number;
  readonly scores: Scores;
}

/** The run has reached its end. */
export interface FinishedEvent {
  readonly kind: 'finished';
  readonly time: SimulationTime;
  readonly step: number;
  readonly messages: number;
}

/** What happens in a run, in order: ids and scalars, never vectors. */
export type SimulationEvent =
  | StartedEvent
  | AssignedEvent
  | ReceivedEvent
  | DroppedEvent
  | DelayedEvent
  | AvailableEvent
  | TurnedEvent
  | ScriptedEvent
  | SteppedEvent
  | TrippedEvent
  | PostedEvent
  | DeliveredEvent
  | ContractedEvent
  | EvaluatedEvent
  | FinishedEvent;
