import { from, mergeAll, Observable } from 'rxjs';
import type { World } from '../engine/world.js';

/** What the server does with an arrival: returns the virtual milliseconds until the worker is back. */
export type Serve = (worker: number) => number;

/**
 * A worker's life as a stream of its arrivals: it computes, its message travels, the server answers, and so on.
 * `spans[worker]` holds the time of its round under way.
 */
const arrivalsOf = (world: World, worker: number, spans: Float64Array): Observable<number> =>
  new Observable((subscriber) => {
    spans[worker] = world.assign(worker);
    return world.clock.schedule(
      function (state) {
        subscriber.next(state);
        if (!world.done) this.schedule(state, spans[state]);
      },
      spans[worker],
      worker,
    );
  });

/** Arrivals of all workers, each as often as its own delays let it; whoever serves them writes the next span. */
export const timedArrivals = (world: World, spans: Float64Array): Observable<number> =>
  from(world.plan.workers.map((_, worker) => arrivalsOf(world, worker, spans))).pipe(mergeAll());
