import { Subscription } from 'rxjs';
import type { SimulationTime } from '../scheduler/time.js';
import type { Carrier, CarrierRule } from './carrier.js';
import { Journeys } from './journeys.js';
import type { Retry } from './retry.js';
import type { Transport, TransportContext, TransportRule } from './transport.js';

/** Something that acts on the rounds of a run. Workers are numbered from 0. */
export interface Influence {
  /** Is asked when models and messages leave. */
  readonly carrier?: Carrier;
  /** How long work takes that was drawn to take `span`. */
  work?(worker: number, span: SimulationTime): SimulationTime;
  /** How long a message waits at the server's door, as `Hold` says. */
  hold?(worker: number): SimulationTime;
  /** Begins to act by itself, when the run begins. */
  start?(journeys: Journeys): Subscription;
  /** Number of actions on the clock that are about workers' coming and going, not about rounds. */
  readonly background?: number;
  /** Whether a round waits for what such an action may bring. */
  hopeful?(journeys: Journeys): boolean;
  /** Which rounds wait for what. */
  waiting?(journeys: Journeys): string | undefined;
}

/** Makes an influence on one run. */
export type InfluenceRule = (context: TransportContext) => Influence;

/**
 * Rounds in phases, under all of these influences, which are asked in order, and with these carriers in their way, which are asked
 * before them; what is lost is sent again after `retry`'s waits.
 */
export const influenced =
  (rules: readonly InfluenceRule[], carriers: readonly CarrierRule[] = [], retry?: Retry): TransportRule =>
  (context): Transport => {
    const influences = rules.map((rule) => rule(context));
    const holders = influences.filter((influence) => influence.hold !== undefined);
    const workers = influences.filter((influence) => influence.work !== undefined);
    const journeys = new Journeys(
      context,
      [...carriers.map((carrier) => carrier(context)), ...influences.flatMap(({ carrier }) => carrier ?? [])],
      retry,
      holders.length === 0
        ? undefined
        : (worker) => holders.reduce((most, influence) => Math.max(most, influence.hold!(worker)), 0),
    );
    return {
      arrivals: journeys.arrivals,
      dispatch: (worker, round) => journeys.dispatch(worker, round),
      recall: (worker, reason) => journeys.recall(worker, reason),
      work: (worker, span) => workers.reduce((left, influence) => influence.work!(worker, left), span),
      start: () => {
        const all = new Subscription();
        for (const influence of influences) all.add(influence.start?.(journeys));
        return all;
      },
      get background() {
        return influences.reduce((sum, { background = 0 }) => sum + background, 0);
      },
      isAway: (worker) => journeys.isAway(worker),
      hopeful: () => influences.some((influence) => influence.hopeful?.(journeys)),
      waiting: () =>
        [journeys.waiting() ?? [], ...influences.map((influence) => influence.waiting?.(journeys) ?? [])]
          .flat()
          .join('; ') || undefined,
    };
  };
