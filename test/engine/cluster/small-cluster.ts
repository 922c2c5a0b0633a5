import { none } from '../../../src/attacks/servers/none.js';
import type { Cluster, ClusterProtocol, SimulationEvent } from '../../../src/engine/index.js';
import { simulate } from '../../../src/engine/index.js';
import type { Plan, ServersPlan } from '../../../src/engine/index.js';
import type { Delay } from '../../../src/network/index.js';
import { exponential } from '../../../src/random/index.js';
import { weightedMedian } from '../../../src/weighted/weighted-median.js';
import { planOf, workersOf } from '../small-plan.js';

export const fixed = (span: number): Delay => ({ sample: () => span });

/** So many servers, of which the last ones are Byzantine, with medians and exponential delays between them. */
export const serversOf = (count: number, byzantine = 0, parts: Partial<ServersPlan> = {}): ServersPlan => ({
  members: Array.from({ length: count }, (_, i) => ({ byzantine: i >= count - byzantine })),
  attack: none(),
  aggregator: weightedMedian(),
  between: exponential(5),
  line: {},
  ...parts,
});

/** Nine workers, two of them Byzantine, with exponential delays, and six servers; what matters to a test is given. */
export const clusterPlan = (parts: Partial<Plan> & { readonly seed?: number } = {}): Plan =>
  planOf({
    workers: workersOf(9, { byzantine: 2 }).map((worker) => ({
      ...worker,
      link: { compute: exponential(20), download: exponential(5), upload: exponential(5) },
    })),
    servers: serversOf(6),
    aggregator: weightedMedian(),
    weight: () => 1,
    stop: { steps: 20 },
    ...parts,
  });

/** The events of a run. */
export const eventsOf = (plan: Plan, protocol: ClusterProtocol): readonly SimulationEvent[] => {
  const events: SimulationEvent[] = [];
  const failures: unknown[] = [];
  simulate(plan, protocol).subscribe({ next: (event) => events.push(event), error: (error) => failures.push(error) });
  const [failure] = failures;
  if (failure !== undefined) throw new Error('the run failed', { cause: failure });
  return events;
};

/** Those of one kind. */
export const only = <Kind extends SimulationEvent['kind']>(events: readonly SimulationEvent[], kind: Kind) =>
  events.filter((event): event is Extract<SimulationEvent, { kind: Kind }> => event.kind === kind);

/** The protocol, with a look at the cluster before anything happens in it. */
export const probed = (protocol: ClusterProtocol, look: (cluster: Cluster) => void): ClusterProtocol => ({
  ...protocol,
  conduct(cluster) {
    look(cluster);
    return protocol.conduct(cluster);
  },
});
