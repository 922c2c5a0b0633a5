import { Observable, Subscription } from 'rxjs';
import { flatOut, type Pace, type Steppable } from '../scheduler/pace.js';
import { VirtualTimeScheduler } from '../scheduler/virtual-time-scheduler.js';
import type { SimulationEvent } from './event.js';
import { keepScript } from './keep-script.js';
import type { Plan } from './plan.js';
import { fewestCalled, servingOf, type Protocol } from './protocol.js';
import { requireProgress } from './require-progress.js';
import { World } from './world.js';

/** Work that the run itself has on the clock: the end of its time, and measurements by time. */
const keepTime = (world: World): { readonly timers: number; readonly subscription: Subscription } => {
  const { stop, measure } = world.plan;
  const subscription = new Subscription();
  if (stop.time !== undefined)
    subscription.add(
      world.clock.schedule(function () {
        // What else is due at this instant still belongs to the run.
        if (world.clock.nextTime() === world.now) this.schedule(undefined, 0);
        else world.end();
      }, stop.time),
    );
  if (measure.kind === 'time') {
    const { time } = measure;
    subscription.add(
      world.clock.schedule(function () {
        world.measure();
        this.schedule(undefined, time);
      }, time),
    );
  }
  return { timers: Number(stop.time !== undefined) + Number(measure.kind === 'time'), subscription };
};

/**
 * A run as the stream of its events. Each subscription builds a world of its own from the plan and runs it from the
 * start; the events are the same at every pace. Unsubscribing stops the run between two events.
 * `watch` is handed the world before anything happens in it, for those who want to look at vectors beside the events.
 * Errors with a DeadlockError or StalledError when the run can't go on, with an OutOfRangeError when a delay or a rate
 * leaves its range, with a RangeError when the protocol or the method refuses the plan.
 */
export const simulate = (
  plan: Plan,
  protocol: Protocol,
  pace: Pace = flatOut,
  watch?: (world: World) => void,
): Observable<SimulationEvent> =>
  new Observable((subscriber) => {
    protocol.check(plan.workers, fewestCalled(plan.method));
    const clock = new VirtualTimeScheduler();
    const gathers = protocol.gathers?.(plan.workers.length);
    plan.policy?.check?.(servingOf(protocol, plan.workers.length));
    if (plan.policy && plan.copies === 'count')
      throw new RangeError('a policy judges each message once, so copies can’t be counted');
    const world = new World(plan, clock, (event) => subscriber.next(event), gathers, watch !== undefined);
    const running = new Subscription(() => world.close());
    subscriber.add(running);
    watch?.(world);
    let finished = false;
    let timers = (): number => 0;

    const begin = (): void => {
      const own = keepTime(world);
      const script = keepScript(world);
      timers = () => own.timers + script.count();
      running.add(own.subscription);
      running.add(script.subscription);
      running.add(world.transport.start?.());
      running.add(protocol.serve(world).subscribe({ error: (error) => subscriber.error(error) }));
    };
    const finish = (): void => {
      finished = true;
      running.unsubscribe();
      subscriber.next({ kind: 'finished', time: world.now, step: world.steps, messages: world.inbox.messages });
    };
    const step = (until?: number): boolean => {
      if (finished) return false;
      if (world.evaluate()) return true;
      if (world.done) finish();
      else if (!begun) {
        begun = true;
        begin();
      } else {
        if (plan.stop.time === undefined) requireProgress(world, protocol, timers());
        return clock.step(until);
      }
      return !finished;
    };
    let begun = false;
    const nextTime = (): number => (finished ? Infinity : world.busy || !begun ? clock.now() : clock.nextTime());
    const run: Steppable = { step, nextTime, now: () => clock.now() };

    world.begin();
    running.add(pace(run, subscriber));
    return running;
  });
