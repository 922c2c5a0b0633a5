import type { AttackRule } from '../attacks/attack.js';
import type { CompressorRule } from '../compressors/index.js';
import type { Objective, Share } from '../learning/objective.js';
import type { Method } from '../methods/method.js';
import type { RoundMethod } from '../methods/round-method.js';
import type { ServersPlan } from './cluster/plan.js';
import type { GradientsRule } from './gradients.js';
import type { Kernels, KernelSource } from '../kernels/kernels.js';
import type { Link } from '../network/link.js';
import type { Random } from '../random/random.js';
import type { Switching } from '../switching/switching.js';
import type { SimulationTime } from '../scheduler/time.js';
import type { DatagramRule } from './datagrams.js';
import type { Intervention } from './intervention.js';
import type { PolicyRule } from './policy.js';
import type { TransportRule } from './transport.js';
import type { AggregatorRule } from '../weighted/aggregator.js';

/** One worker, as a run needs to know it. */
export interface WorkerPlan {
  /** Whether it is Byzantine when the run begins. */
  readonly byzantine: boolean;
  /** Whether it may turn Byzantine or honest during the run. Its gradients are then taken whatever it is when it is sent a model. */
  readonly turns?: boolean | undefined;
  /** Computations per virtual second; relative where there is no clock. > 0. */
  readonly speed: number;
  /** The training rows that it draws from; null: all. */
  readonly share: Share;
  readonly link: Link;
  /** Bytes per virtual second of its line to the server, > 0: its messages take that much longer than `link` says. No limit, unless given. */
  readonly up?: number | undefined;
  /** The same of what it is sent, where there are several servers; `link` says all of it elsewhere. */
  readonly down?: number | undefined;
}

/**
 * A vector's weight in the aggregate, from what the server knows: how many messages its worker has delivered, this one included;
 * how stale this one was when it arrived, in server steps; the worker's number, from 1.
 */
export type WeightRule = (count: number, staleness: number, id: number) => number;

/** When a run ends: at whichever comes first; at least one is given. */
export interface Stop {
  readonly steps?: number | undefined;
  readonly time?: SimulationTime | undefined;
  /** Minibatch gradients that workers were asked for: the run ends at the first server step by which there were so many. */
  readonly gradients?: number | undefined;
}

/** When the model is scored, besides at the start and at the end. */
export type MeasureEvery =
  | { readonly kind: 'steps'; readonly steps: number }
  | { readonly kind: 'time'; readonly time: SimulationTime }
  /** At the first server step by which workers were asked for a further so many minibatch gradients. */
  | { readonly kind: 'gradients'; readonly gradients: number };

/** All that a run is made of. What is random in it comes from `random`, the scenario's seed. */
export interface Plan {
  readonly random: Random;
  readonly workers: readonly WorkerPlan[];
  readonly objective: Objective;
  /** The same objective in the memory of a run; without it, `objective` itself is used, wherever its arrays are. */
  readonly place?: ((kernels: Kernels) => Objective) | undefined;
  /** The run's memory and loops; plain loops unless given. */
  readonly kernels?: KernelSource | undefined;
  /** What takes the gradients; this thread, at once, unless given. */
  readonly gradients?: GradientsRule | undefined;
  /** One in rounds takes its gradients itself, in this thread. */
  readonly method: Method | RoundMethod;
  /** How messages are compressed; not at all, unless given. */
  readonly compression?: CompressorRule | undefined;
  /** Bytes of an uncompressed vector in a message; those of its numbers, unless given. */
  readonly messageBytes?: number | undefined;
  readonly aggregator: AggregatorRule;
  /** κ of the rule, for the share of Byzantine messages in a step of the fewest, for methods that ask; nobody knows one, unless given. */
  readonly robustness?: number | undefined;
  /** The worker, from 0, whose latest vector the server trusts, for rules that ask for one. */
  readonly trusted?: number | undefined;
  readonly weight: WeightRule;
  readonly attack: AttackRule;
  /** Who turns Byzantine, and when; nobody, unless given. All workers `turns` then. */
  readonly switching?: Switching | undefined;
  /** What happens by the script; workers in it `turns`. */
  readonly script?: readonly Intervention[] | undefined;
  /** What the server does with a message before it counts; nothing, unless given. */
  readonly policy?: PolicyRule | undefined;
  /** The training rows that the server itself holds, for policies that need some; all, unless given. */
  readonly clean?: Share | undefined;
  /** What is in the way of models and messages; nothing, unless given. */
  readonly transport?: TransportRule | undefined;
  /** Whose messages are cut into fragments that may be lost, which `transport` must ask about; nobody's, unless given. Not with a compression. */
  readonly datagrams?: DatagramRule | undefined;
  /** The instant after which nothing about the network changes by the clock; 0, unless given. */
  readonly changesUntil?: SimulationTime | undefined;
  /** What the server does with a copy of a message: nothing, unless given, or it counts the message once more, where there is no policy. */
  readonly copies?: 'drop' | 'count' | undefined;
  /** The servers, where there are several, or where workers are each other's. */
  readonly servers?: ServersPlan | undefined;
  readonly stop: Stop;
  readonly measure: MeasureEvery;
}
