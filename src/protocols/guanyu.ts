import { z } from 'zod';
import { isOutsideOf } from './quorum-theorem.js';
import { definePart } from '../registry/part.js';
import type { ClusterProtocol } from '../engine/index.js';
import { quorumParameters, requireQuorums, sidesOf, type QuorumOptions } from './cluster-options.js';
import { GuanYuConduct } from './guanyu-conduct.js';

/**
 * GuanYu, or ByzSGD's asynchronous protocol: in each step every server sends its model to all workers; a worker takes its gradient at
 * the rule on models, the coordinate-wise median, of the first `quorumServers` that come, and sends it to all servers; a server
 * steps along the rule on gradients of the first `quorum` that come, sends its model to the other servers, and goes on with the median of the
 * first `quorumServers`, its own among them. Nobody waits for more than a quorum, so no bound on delays is needed.
 * Whether a server's own model counts is not said in the paper's text; here it does.
 * El-Mhamdi, Guerraoui, Guirguis, Hoang & Rouault, PODC 2020.
 */
export const guanyu = (options: QuorumOptions = {}): ClusterProtocol => ({
  timed: true,
  needsServers: true,
  modelsRule: () => ({ kind: 'cwmed' }),
  shape: (members) => {
    const { workers, servers } = sidesOf(options, members);
    return { gradients: workers.quorum, models: servers.quorum, workersAgree: true };
  },
  requireMembers: (members) => requireQuorums(sidesOf(options, members)),
  outside: ({ workers, servers = [] }) => isOutsideOf('GuanYu', sidesOf(options, { workers, servers })),
  conduct: (cluster) => new GuanYuConduct(cluster, options),
});

export const guanyuPart = definePart({
  summary: 'Several servers in three steps, with quorums of the first received: models, gradients, models.',
  source:
    'El-Mhamdi, Guerraoui, Guirguis, Hoang & Rouault, "Genuinely Distributed Byzantine Machine Learning", PODC 2020 (GuanYu, ByzSGD)',
  aliases: ['byzsgd', 'guan-yu'],
  precondition:
    'n_ps >= 3 f_ps + 3, n_wr >= 3 f_wr + 3, 2 f_ps + 3 <= q_ps <= n_ps − f_ps, 2 f_wr + 3 <= q_wr <= n_wr − f_wr.',
  gathers: true,
  parameters: z.strictObject(quorumParameters),
  create: guanyu,
});
