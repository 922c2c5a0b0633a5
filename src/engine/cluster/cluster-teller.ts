import type { Outcome, SimulationEvent } from '../event.js';
import type { Cluster } from './cluster.js';
import type { Letter } from './letter.js';

/** Puts what happens in a cluster, whose nodes are numbered from 0, into events, which number them from 1. */
export class ClusterTeller {
  readonly #counts: Int32Array;
  #received = 0;

  constructor(
    readonly cluster: Cluster,
    readonly emit: (event: SimulationEvent) => void,
  ) {
    this.#counts = new Int32Array(cluster.plan.workers.length);
  }

  /** Says who takes part. */
  started(): void {
    const { plan, now: time, objective, byzantine: liars } = this.cluster;
    const { workers, servers } = plan;
    const { members } = servers!;
    const byzantine = workers.flatMap((_, i) => (liars.members[i] === 1 ? [i + 1] : []));
    const byzantineServers = members.flatMap((server, i) => (server.byzantine ? [i + 1] : []));
    const { dimension } = objective;
    const crew = { workers: workers.length, byzantine, servers: members.length, byzantineServers };
    this.emit({ kind: 'started', time, dimension, ...crew });
  }

  /** A worker begins to compute a message that costs so many gradients. */
  assigned(worker: number, version: number, compute: number, cost: number): void {
    const event = { kind: 'assigned', time: this.cluster.now, worker: worker + 1, version } as const;
    this.emit({ ...event, download: 0, compute, upload: 0, ...(cost !== 1 && { gradients: cost }) });
  }

  /** The reference uses what a worker sent. Returns how many messages it has used. */
  received({ from, step: version, loss }: Letter): number {
    const { now: time, byzantine: liars, reference } = this.cluster;
    const count = (this.#counts[from]! += 1);
    const byzantine = liars.members[from] === 1;
    const staleness = reference.steps - version;
    this.emit({ kind: 'received', time, worker: from + 1, byzantine, version, staleness, count, loss });
    return ++this.#received;
  }

  delivered({ from, to, content, step }: Letter, outcome: Outcome): void {
    this.emit({ kind: 'delivered', time: this.cluster.now, from: from + 1, to: to + 1, content, step, outcome });
  }

  /** The reference's step is over, after so long a chain of messages. */
  stepped(rounds: number): void {
    const { now: time, steps: step, reference } = this.cluster;
    this.emit({ kind: 'stepped', time, step, norm: reference.norm, rounds });
  }

  /** Honest replicas have agreed on their models of a step. */
  contracted(step: number, before: number, after: number): void {
    this.emit({ kind: 'contracted', time: this.cluster.now, step, before, after });
  }
}
