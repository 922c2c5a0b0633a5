import type { Observable } from 'rxjs';
import type { Gathers } from './gathered.js';
import type { Plan, WorkerPlan } from './plan.js';
import type { Serving } from './policy.js';
import type { World } from './world.js';

/** Who takes part in a run, and by which rule, as a protocol's theorem asks. */
export interface Crew {
  readonly workers: readonly { readonly byzantine: boolean }[];
  /** Several servers, where there are. */
  readonly servers?: readonly { readonly byzantine: boolean }[];
  /** Honest workers with lossy links. */
  readonly lossy?: number;
  /** The scenario's rule, with its options. */
  readonly rule: { readonly kind: string; readonly [option: string]: unknown };
}

/** Who computes and who waits for whom. */
export interface Protocol {
  /** Whether workers and links take virtual time; without it, the network's delays have no meaning. */
  readonly timed: boolean;
  /** Whether it may be handed a worker's message once more, in between, by `world.arrivals`; without it, copies can't be counted. */
  readonly takesCopies?: boolean;
  /** Whether all that is aggregated together was asked for together, after `world.open`, which methods in rounds need. */
  readonly rounds?: boolean;
  /**
   * Refuses workers that it can't serve; `called` is the fewest of them that the method calls for a round, where it says so itself.
   * @throws RangeError with one sentence.
   */
  check(workers: readonly WorkerPlan[], called?: number): void;
  /** The preconditions of its theorem that don't hold, a sentence for each; without it, there is no such theorem. */
  outside?(crew: Crew): readonly string[];
  /** What it gathers for the aggregator, of so many workers; without it, the aggregator sees the latest vector of each. */
  gathers?(workers: number): Gathers;
  /** The fewest vectors that it hands to the aggregator, of so many workers; as many as it gathers at most, or any number, unless given. */
  fewest?(workers: number): number;
  /** Whether it sends workers on by `World.sendOn`, which a policy with rounds of its own needs. */
  readonly restarts?: boolean;
  /** What the server waits for, to be told when nothing is left to happen: "the server waits for …". */
  waiting?(world: World): string;
  /** Whether it does nothing until a worker that is away comes back. */
  awaitsReturn?(world: World): boolean;
  /**
   * Everybody's work on the world's clock, as the stream of arrivals that the server has served (workers numbered from 0);
   * an error in it is the run's.
   */
  serve(world: World): Observable<number>;
}

/** The fewest workers that a method calls for a round; undefined where it calls all, or leaves that to the protocol. */
export const fewestCalled = (method: Plan['method']): number | undefined =>
  'rounds' in method ? method.participants?.least : undefined;

/** What a protocol makes of the messages of so many workers. */
export const servingOf = (protocol: Protocol, workers: number): Serving => ({
  workers,
  rows: protocol.gathers?.(workers).rows,
  restarts: protocol.restarts ?? false,
});
