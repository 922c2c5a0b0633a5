import type { ServerLie, ServerView } from '../../attacks/servers/index.js';
import type { ReadonlyVector, Vector } from '../../kernels/vector.js';
import type { Content } from '../event.js';
import type { Cluster } from './cluster.js';
import { serverNodes } from './plan.js';
import { Rows } from './rows.js';

/** What a reader's filter lets pass: what is at most `radius` from `centre`. */
export type Tolerance = NonNullable<ServerView['tolerance']>;

/** Lies about one kind of vector, of each server, undefined for honest ones; what these remember, and where such vectors start. */
interface Story {
  readonly lies: readonly (ServerLie | undefined)[];
  readonly start: ReadonlyVector;
}

/** How Byzantine servers lie in what they sent, when somebody reads it. Servers are numbered from 0. */
export class ServerLies {
  readonly #models: Story;
  /** About what edges tell their root: aggregates start from 0, which moves no model, and are remembered apart from models. */
  readonly #aggregates: Story | undefined;
  readonly #streams: readonly ServerView['random'][];
  readonly #honest: Rows;

  constructor(
    readonly cluster: Cluster,
    start: ReadonlyVector,
  ) {
    const { plan, kernels, objective } = cluster;
    const { members, attack } = plan.servers!;
    const { dimension, precision } = objective;
    const draws = plan.random.fork('servers/attack');
    const nodes = plan.workers.length + serverNodes(plan.servers!);
    const story = (from: ReadonlyVector): Story => ({
      lies: members.map(({ byzantine }) =>
        byzantine
          ? attack.lie({ dimension, precision, kernels, nodes, random: (name) => draws.fork(name) })
          : undefined,
      ),
      start: from,
    });
    this.#models = story(start);
    this.#aggregates = plan.servers!.root ? story(kernels.memory.vector(precision, dimension).fill(0)) : undefined;
    this.#honest = new Rows(dimension, nodes - plan.workers.length);
    this.#streams = members.map((_, server) => plan.random.fork(`server ${server + 1}/attack`));
  }

  /**
   * Overwrites what a reader (a node, from 0) reads of those servers that `liars` gives, undefined for vectors of honest ones; they
   * hold what these would honestly have sent. `content` is what they hold.
   */
  forge(
    vectors: readonly Vector[],
    liars: readonly (number | undefined)[],
    step: number,
    reader: number,
    content: Content,
    tolerance?: Tolerance,
  ): void {
    const honest = this.#honest.clear();
    vectors.forEach((vector, i) => {
      if (liars[i] === undefined) honest.add(vector);
    });
    const aggregates = content === 'aggregate' ? this.#aggregates : undefined;
    if (honest.count === 0)
      for (const { byzantine, model, aggregated } of this.cluster.replicas)
        if (!byzantine) honest.add(aggregates ? aggregated : model);
    const { lies, start } = aggregates ?? this.#models;
    liars.forEach((server, i) => {
      if (server === undefined) return;
      const view = { server: server + 1, reader: reader + 1, honest, start, tolerance, step };
      lies[server]!({ ...view, time: this.cluster.now, random: this.#streams[server]! }, vectors[i]!);
    });
  }
}
