import type { ServerLie, ServerView } from '../../attacks/servers/index.js';
import type { ReadonlyVector, Vector } from '../../kernels/vector.js';
import type { Cluster } from './cluster.js';
import { serverNodes } from './plan.js';
import { Rows } from './rows.js';

/** What a reader's filter lets pass: what is at most `radius` from `centre`. */
export type Tolerance = NonNullable<ServerView['tolerance']>;

/** How Byzantine servers lie in what they sent, when somebody reads it. Servers are numbered from 0. */
export class ServerLies {
  readonly #lies: readonly (ServerLie | undefined)[];
  readonly #honest: Rows;

  constructor(
    readonly cluster: Cluster,
    readonly start: ReadonlyVector,
  ) {
    const { plan, kernels, objective } = cluster;
    const { members, attack } = plan.servers!;
    const { dimension, precision } = objective;
    const draws = plan.random.fork('servers/attack');
    const nodes = plan.workers.length + serverNodes(plan.servers!);
    this.#lies = members.map(({ byzantine }) =>
      byzantine ? attack.lie({ dimension, precision, kernels, nodes, random: (name) => draws.fork(name) }) : undefined,
    );
    this.#honest = new Rows(dimension, members.length);
    this.#streams = members.map((_, server) => plan.random.fork(`server ${server + 1}/attack`));
  }

  readonly #streams: readonly ServerView['random'][];

  /**
   * Overwrites what a reader (a node, from 0) reads of those servers that `liars` gives, undefined for vectors of honest ones; they
   * hold what these would honestly have sent.
   */
  forge(
    vectors: readonly Vector[],
    liars: readonly (number | undefined)[],
    step: number,
    reader: number,
    tolerance?: Tolerance,
  ): void {
    const honest = this.#honest.clear();
    vectors.forEach((vector, i) => {
      if (liars[i] === undefined) honest.add(vector);
    });
    if (honest.count === 0)
      for (const replica of this.cluster.replicas) if (!replica.byzantine) honest.add(replica.model);
    liars.forEach((server, i) => {
      if (server === undefined) return;
      const view = { server: server + 1, reader: reader + 1, honest, start: this.start, tolerance, step };
      this.#lies[server]!({ ...view, time: this.cluster.now, random: this.#streams[server]! }, vectors[i]!);
    });
  }
}
