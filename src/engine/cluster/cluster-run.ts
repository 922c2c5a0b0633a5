import { Subscription } from 'rxjs';
import type { VirtualTimeScheduler } from '../../scheduler/virtual-time-scheduler.js';
import type { SimulationEvent } from '../event.js';
import type { Plan } from '../plan.js';
import type { Run } from '../run.js';
import { Cluster } from './cluster.js';
import type { ClusterProtocol } from './cluster-protocol.js';

/** A run with several servers, or in which workers are each other's. @throws RangeError when the protocol or the method refuses the plan. */
export const clusterRun = (
  plan: Plan,
  protocol: ClusterProtocol,
  clock: VirtualTimeScheduler,
  emit: (event: SimulationEvent) => void,
): Run => {
  if (plan.servers === undefined)
    throw new RangeError('the plan names no servers, and the protocol works with several');
  if ('rounds' in plan.method)
    throw new RangeError('a method in rounds needs one server that says what is to be done, and there are several');
  protocol.requireMembers({ workers: plan.workers, servers: plan.servers.members });
  protocol.requirePlan?.(plan);
  const cluster = new Cluster(plan, clock, emit, protocol);
  return {
    plan,
    clock,
    get steps() {
      return cluster.steps;
    },
    get messages() {
      return cluster.messages;
    },
    get done() {
      return cluster.done;
    },
    get busy() {
      return cluster.busy;
    },
    begin: () => cluster.begin(),
    serve: () => {
      cluster.serve();
      return { subscription: new Subscription(), timers: () => 0 };
    },
    evaluate: () => cluster.evaluate(),
    measure: () => cluster.measure(),
    end: () => cluster.end(),
    requireProgress: (timers) => cluster.requireProgress(timers),
    close: () => undefined,
  };
};
