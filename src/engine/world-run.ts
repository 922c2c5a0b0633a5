import { Subscription } from 'rxjs';
import type { VirtualTimeScheduler } from '../scheduler/virtual-time-scheduler.js';
import type { SimulationEvent } from './event.js';
import { keepScript } from './keep-script.js';
import type { Plan } from './plan.js';
import { fewestCalled, servingOf, type Protocol } from './protocol.js';
import { requireProgress } from './require-progress.js';
import type { Run, Served } from './run.js';
import { World } from './world.js';

const serve = (world: World, protocol: Protocol, fail: (error: unknown) => void): Served => {
  const subscription = new Subscription();
  const script = keepScript(world);
  subscription.add(script.subscription);
  subscription.add(world.transport.start?.());
  subscription.add(protocol.serve(world).subscribe({ error: fail }));
  return { subscription, timers: () => script.count() };
};

/** A run with one server. @throws RangeError when the protocol, the policy or the method refuses the plan. */
export const worldRun = (
  plan: Plan,
  protocol: Protocol,
  clock: VirtualTimeScheduler,
  emit: (event: SimulationEvent) => void,
  watch?: (world: World) => void,
): Run => {
  protocol.check(plan.workers, fewestCalled(plan.method));
  const gathers = protocol.gathers?.(plan.workers.length);
  plan.policy?.check?.(servingOf(protocol, plan.workers.length));
  if (plan.policy && plan.copies === 'count')
    throw new RangeError('a policy judges each message once, so copies can’t be counted');
  const world = new World(plan, clock, emit, gathers, watch !== undefined);
  watch?.(world);
  return {
    plan,
    clock,
    get steps() {
      return world.steps;
    },
    get messages() {
      return world.inbox.messages;
    },
    get done() {
      return world.done;
    },
    get busy() {
      return world.busy;
    },
    begin: () => world.begin(),
    serve: (fail) => serve(world, protocol, fail),
    evaluate: () => world.evaluate(),
    measure: () => world.measure(),
    end: () => world.end(),
    requireProgress: (timers) => requireProgress(world, protocol, timers),
    close: () => world.close(),
  };
};
