import { z } from 'zod';
import type { ClusterProtocol } from '../engine/index.js';
import { definePart } from '../registry/part.js';
import { quorumParameters } from './cluster-options.js';
import { EdgeConduct } from './edge-conduct.js';
import { outsideStar, requireStar, starOf, type EdgeOptions } from './edge-groups.js';

export type { EdgeOptions } from './edge-groups.js';

/**
 * A star with edge aggregators: a trusted root, which holds the model, sends it to its edges (the scenario's servers), and each of
 * these to the workers of its group; an edge combines the first `quorum` gradients of its group by the rule on gradients, and the
 * root steps along what the rule on models makes of the first `quorumServers` of these aggregates. Each edge's aggregate counts
 * once, however large its group is. A Byzantine edge lies in both directions: to the root about its aggregate, and to its group about the
 * model, with what honest edges pass on in view. It may cut off its group but not speak for others. Messages between root and edges take what
 * `network.between` says. The root is the node after the servers.
 *
 * Liu et al., ICC 2020, with one local step and one edge aggregation between two of the root's (κ₁ = κ₂ = 1).
 */
export const edge = (options: EdgeOptions = {}): ClusterProtocol => ({
  timed: true,
  needsServers: true,
  root: true,
  modelsRule: () => ({ kind: 'cwmed' }),
  shape: (members) => {
    const { groups, edges } = starOf(options, members);
    return {
      gradients: Math.max(...groups.map(({ quorum }) => quorum)),
      models: edges.quorum,
      workersAgree: false,
    };
  },
  fewestOf: (members) => Math.min(...starOf(options, members).groups.map(({ quorum }) => quorum)),
  requireMembers: (members) => requireStar(starOf(options, members)),
  outside: ({ workers, servers = [] }) => outsideStar(starOf(options, { workers, servers })),
  conduct: (cluster) => {
    const { workers, servers } = cluster.plan;
    return new EdgeConduct(cluster, starOf(options, { workers, servers: servers!.members }));
  },
});

export const edgePart = definePart({
  summary: 'A root, edge servers that aggregate for it, and a group of workers for each of these.',
  source:
    'Liu, Zhang, Song & Letaief, "Client-Edge-Cloud Hierarchical Federated Learning", ICC 2020; with robust rules at edges and root',
  aliases: ['hierarchical', 'edges', 'client-edge-cloud'],
  precondition:
    '2 f + 1 <= q <= n_g − f in each group with an honest edge, 2 f_ps + 1 <= q_ps <= n_ps − f_ps for the root.',
  gathers: true,
  parameters: z.strictObject({
    ...quorumParameters,
    f: quorumParameters.f.describe(
      'Byzantine workers withstood in each group; as many as there are in one with an honest edge unless given',
    ),
    quorum: quorumParameters.quorum.describe(
      'gradients that an edge aggregates, the first received; all but f of its group unless given',
    ),
    quorumServers: quorumParameters.quorumServers.describe(
      'aggregates with which the root steps, the first received; all but fServers unless given',
    ),
    groups: z
      .enum(['round-robin', 'contiguous'])
      .default('round-robin')
      .describe('how workers are dealt to edges: in turn by their numbers, or in a row each'),
  }),
  create: edge,
});
