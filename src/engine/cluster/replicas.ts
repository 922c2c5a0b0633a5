import type { Aggregator } from '../../weighted/aggregator.js';
import type { Cluster } from './cluster.js';
import type { ClusterShape } from './cluster-protocol.js';
import { Replica } from './replica.js';

/** All that have a model of their own: the servers, after them the root if they serve one, or the workers where there are none. */
export const makeReplicas = (cluster: Cluster, { gradients, models }: ClusterShape): readonly Replica[] => {
  const { workers, servers } = cluster.plan;
  const { members, root = false } = servers!;
  const reads = { gradients, models };
  if (members.length === 0)
    return workers.map(({ byzantine }, i) => new Replica(cluster, i, `worker ${i + 1}/own`, byzantine, reads));
  const node = (server: number): number => workers.length + server;
  return [
    ...members.map(({ byzantine }, i) => new Replica(cluster, node(i), `server ${i + 1}`, byzantine, reads)),
    ...(root ? [new Replica(cluster, node(members.length), 'root', false, reads)] : []),
  ];
};

/** The rule on models of each worker, if it reads several. */
export const makeAgreements = (cluster: Cluster, { workersAgree, models }: ClusterShape): readonly Aggregator[] => {
  const { plan, kernels, objective } = cluster;
  const { dimension, precision } = objective;
  if (!workersAgree) return [];
  return plan.workers.map((_, worker) => {
    const draws = plan.random.fork(`worker ${worker + 1}/models`);
    return plan.servers!.aggregator({
      ...{ count: models, dimension, precision, kernels },
      random: (name) => draws.fork(name),
      followModel: () => () => undefined,
    });
  });
};
