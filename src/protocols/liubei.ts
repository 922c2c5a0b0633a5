import { z } from 'zod';
import type { ClusterProtocol } from '../engine/index.js';
import { durationOption } from '../registry/duration.js';
import { definePart } from '../registry/part.js';
import { quorumParameters, sidesOf } from './cluster-options.js';
import { LiubeiConduct } from './liubei-conduct.js';
import { isOutsideLiubei, requireGradients, requireSomebody, type LiubeiOptions } from './liubei-terms.js';

/**
 * LiuBei, or ByzSGD's synchronous protocol, with `timeout` for the bound Δ that the network keeps. Scatter: in each step a worker sends
 * all servers its gradient, takes a step of its own along it, and pulls one model, from server (r + t + i) mod n_ps, r its own random
 * number; it takes it if the models filter and the Lipschitz filter accept it, else i grows, f_ps + 1 pulls at most, and it goes on with its own
 * step's model when all that came were refused. A server steps along the rule on gradients, minimum diameter averaging in the paper, of all workers'
 * gradients. Gather: every T steps servers, and workers after them, combine all servers' models by the rule on models.
 * The filters' formulas are those of the authors' code, which only prints what they would refuse; here they do.
 * El-Mhamdi, Guerraoui & Guirguis 2019.
 * @throws RangeError when both `gather` and `lipschitz` are given.
 */
export const liubei = (options: LiubeiOptions): ClusterProtocol => {
  if (options.gather !== undefined && options.lipschitz !== undefined)
    throw new RangeError('gather and lipschitz are given; T is either given or made of the Lipschitz constant');
  return {
    timed: true,
    needsServers: true,
    modelsRule: (members) => ({ kind: 'meamed', f: sidesOf(options, members).servers.f }),
    shape: ({ workers, servers }) => ({
      ...{ gradients: workers.length, models: servers.length, workersAgree: true, vectors: workers.length + 1 },
    }),
    requireMembers: (members) => requireSomebody(options, members),
    requirePlan: (plan) => requireGradients(options, plan),
    outside: ({ workers, servers = [] }) => isOutsideLiubei(options, { workers, servers }),
    conduct: (cluster) => new LiubeiConduct(cluster, options),
  };
};

export const liubeiPart = definePart({
  summary:
    'Several servers in a synchronous network: workers pull one model a step, and filter it; all models every T.',
  source:
    'El-Mhamdi, Guerraoui & Guirguis, "Fast Machine Learning with Byzantine Workers and Servers", arXiv:1911.07537, 2019 (LiuBei)',
  aliases: ['byzsgd-synchronous', 'liu-bei'],
  precondition:
    'n_ps >= 3 f_ps + 1, n_wr >= 2 f_wr + 1, and a network in which every honest answer takes `timeout` at most.',
  gathers: true,
  parameters: z.strictObject({
    f: quorumParameters.f,
    fServers: quorumParameters.fServers,
    timeout: durationOption('Δ, the longest that a pulled model takes, with the gradient at it and its way to servers'),
    gather: z
      .int()
      .min(1)
      .max(1e9)
      .optional()
      .describe('T, every how many steps all models are combined; floor(1/(3 l η)), at least 1, unless given'),
    lipschitz: z
      .number()
      .positive()
      .max(1e12)
      .optional()
      .describe('l, the Lipschitz constant of gradients, in place of gather; the model’s own where it is known'),
  }),
  create: liubei,
});
