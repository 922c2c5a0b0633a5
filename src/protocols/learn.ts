import { z } from 'zod';
import type { ClusterProtocol, Members } from '../engine/index.js';
import { definePart } from '../registry/part.js';
import { quorumParameters, sideOf, tooMany, type Side } from './cluster-options.js';
import { LearnConduct } from './learn-conduct.js';
import { thereAre } from './there-are.js';

/** Options of LEARN. */
export interface LearnOptions {
  /** Byzantine workers withstood; as many as there are, unless given. */
  readonly f?: number | undefined;
  /** Gradients, aggregates and models with which a worker goes on, its own among them; all but f, unless given. */
  readonly quorum?: number | undefined;
  /** Further exchanges in a step, of what workers have made of gradients: none, or ⌈log₂ t⌉ of them in step t. */
  readonly agreement?: 'none' | 'log' | undefined;
}

const peersOf = ({ f, quorum }: LearnOptions, { workers }: Members): Side => sideOf(workers, f, quorum);

/** What the theorems ask that doesn't hold. */
const outsideOf = (peers: Side, rule: string): readonly string[] => {
  const { n, f, quorum } = peers;
  return [
    ...(n >= 3 * f + 1 ? [] : [`LEARN needs n >= 3 f + 1, which is ${3 * f + 1}; ${thereAre(n, 'workers')}`]),
    ...(rule !== 'mda' || n >= 6 * f + 1
      ? []
      : [`LEARN with mda needs n >= 6 f + 1, which is ${6 * f + 1}; ${thereAre(n, 'workers')}`]),
    ...(quorum >= 2 * f + 1 ? [] : [`LEARN needs q >= 2 f + 1, which is ${2 * f + 1}; the quorum is ${quorum}`]),
    ...(quorum <= n - f ? [] : [`LEARN needs q <= n − f, which is ${n - f}; the quorum is ${quorum}`]),
    ...tooMany(peers, 'workers'),
  ];
};

/**
 * Garfield's LEARN, without any server: each worker has a model of its own, takes its gradient at it, sends it to all others, and
 * aggregates the first `quorum` gradients of the step, its own among them; sends all others its aggregate, aggregates those, and so
 * on, ⌈log₂ t⌉ times in step t (counted from 1) with `agreement: log`; steps along the last aggregate; sends all others its model; and goes on with what
 * the rule on models makes of the first `quorum` models, its own among them. That rule is the trimmed mean, of which f values are cut
 * off at either end, or as many as leave one or two: their median. Byzantine workers lie in all that they send, in each reader's face.
 *
 * The theorems ask for n >= 6 f + 1 where gradients are combined by `mda`. For the trimmed mean they ask for n >= 3 f + 1, which no algorithm can go
 * below, on top of a reliable broadcast, which keeps liars from telling different readers different things; here, as in
 * Garfield's LEARN, nothing keeps them from that. Guerraoui et al., DSN 2021; El-Mhamdi et al., NeurIPS 2021.
 */
export const learn = (options: LearnOptions = {}): ClusterProtocol => ({
  timed: true,
  needsServers: false,
  modelsRule: (members) => {
    const { f, quorum } = peersOf(options, members);
    return { kind: 'trmean', f: Math.min(f, Math.floor((quorum - 1) / 2)) };
  },
  shape: (members) => {
    const { quorum } = peersOf(options, members);
    // All send to all, and are some steps ahead of others or behind; each exchange of aggregates is one more.
    const underWay = options.agreement === 'log' ? 48 : 16;
    return { gradients: quorum, models: quorum, workersAgree: false, underWay };
  },
  requireMembers: (members) => {
    const { n, quorum } = peersOf(options, members);
    if (quorum > n) throw new RangeError(`quorum is ${quorum}, but ${thereAre(n, 'workers')}`);
  },
  outside: ({ workers, servers = [], rule }) => outsideOf(peersOf(options, { workers, servers }), rule.kind),
  conduct: (cluster) => {
    const { quorum } = peersOf(options, { workers: cluster.plan.workers, servers: [] });
    return new LearnConduct(cluster, quorum, options.agreement ?? 'none');
  },
});

export const learnPart = definePart({
  summary: 'No server: workers send each other gradients and models, with quorums of the first received.',
  source:
    'Guerraoui, Guirguis, Plassmann, Ragot & Rouault, "Garfield: System Support for Byzantine Machine Learning", DSN 2021 (LEARN); El-Mhamdi et al., "Collaborative Learning in the Jungle", NeurIPS 2021',
  aliases: ['peer-to-peer', 'collaborative'],
  precondition: 'n >= 3 f + 1, with mda n >= 6 f + 1; 2 f + 1 <= q <= n − f.',
  gathers: true,
  parameters: z.strictObject({
    f: quorumParameters.f,
    quorum: quorumParameters.quorum.describe(
      'gradients and models with which a worker goes on, the first received and its own; all but f unless given',
    ),
    agreement: z
      .enum(['none', 'log'])
      .default('none')
      .describe('further exchanges of aggregated gradients in step t: none, or ⌈log₂ t⌉, for data that differ'),
  }),
  create: learn,
});
