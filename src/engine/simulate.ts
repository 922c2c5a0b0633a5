import { Observable, Subscription } from 'rxjs';
import { flatOut, type Pace, type Steppable } from '../scheduler/pace.js';
import { VirtualTimeScheduler } from '../scheduler/virtual-time-scheduler.js';
import { clusterRun } from './cluster/cluster-run.js';
import { isClusterProtocol, type ClusterProtocol } from './cluster/cluster-protocol.js';
import type { SimulationEvent } from './event.js';
import { keepTime } from './keep-time.js';
import type { Plan } from './plan.js';
import type { Protocol } from './protocol.js';
import type { Run } from './run.js';
import type { World } from './world.js';
import { worldRun } from './world-run.js';

/**
 * A run as the stream of its events. Each subscription builds a world of its own from the plan and runs it from the
 * start; the events are the same at every pace. Unsubscribing stops the run between two events.
 * `watch` is handed the world before anything happens in it, for those who want to look at vectors beside the events; there is
 * none where there are several servers.
 * Errors with a DeadlockError or StalledError when the run can't go on, with an OutOfRangeError when a delay or a rate
 * leaves its range, with a RangeError when the protocol or the method refuses the plan.
 */
export const simulate = (
  plan: Plan,
  protocol: Protocol | ClusterProtocol,
  pace: Pace = flatOut,
  watch?: (world: World) => void,
): Observable<SimulationEvent> =>
  new Observable((subscriber) => {
    const clock = new VirtualTimeScheduler();
    const emit = (event: SimulationEvent): void => subscriber.next(event);
    const run: Run = isClusterProtocol(protocol)
      ? clusterRun(plan, protocol, clock, emit)
      : worldRun(plan, protocol, clock, emit, watch);
    const running = new Subscription(() => run.close());
    subscriber.add(running);
    let begun = false;
    let finished = false;
    let timers = (): number => 0;

    const begin = (): void => {
      begun = true;
      const own = keepTime(run);
      running.add(own.subscription);
      const served = run.serve((error) => subscriber.error(error));
      timers = () => own.timers + served.timers();
      running.add(served.subscription);
    };
    const finish = (): void => {
      finished = true;
      running.unsubscribe();
      subscriber.next({ kind: 'finished', time: clock.now(), step: run.steps, messages: run.messages });
    };
    const step = (until?: number): boolean => {
      if (finished) return false;
      if (run.evaluate()) return true;
      if (run.done) finish();
      else if (!begun) begin();
      else {
        if (plan.stop.time === undefined) run.requireProgress(timers());
        return clock.step(until);
      }
      return !finished;
    };
    const nextTime = (): number => (finished ? Infinity : run.busy || !begun ? clock.now() : clock.nextTime());
    const steppable: Steppable = { step, nextTime, now: () => clock.now() };

    run.begin();
    running.add(pace(steppable, subscriber));
    return running;
  });
