import type { Silence } from '../../attacks/attack.js';
import type { Cluster } from './cluster.js';

/** Who lies in what it sends, and who sends nothing. Nodes are numbered from 0. */
export class Liars {
  /** Those who have kept silent. */
  readonly silent = new Set<number>();
  readonly #silence: Silence | undefined;

  constructor(readonly cluster: Cluster) {
    const { attack } = cluster.plan;
    this.#silence = attack.kind === 'vector' ? attack.silent?.() : undefined;
  }

  /** Whether what a node sends is up to it when it is read. */
  includes(node: number): boolean {
    const { byzantine, plan } = this.cluster;
    const { workers, attack, servers } = plan;
    if (node >= workers.length) return servers!.members[node - workers.length]?.byzantine === true;
    return attack.kind === 'vector' && byzantine.members[node] === 1;
  }

  /** Whether one of them sends another node nothing now. */
  keepsSilent(from: number, to: number, step: number): boolean {
    const { now, plan } = this.cluster;
    const silent =
      from >= plan.workers.length ? plan.servers!.attack.silent?.(step, now) === true : this.#isMute(from, to);
    if (silent) this.silent.add(from);
    return silent;
  }

  #isMute(worker: number, to: number): boolean {
    if (this.#silence === undefined) return false;
    const reader = this.cluster.replicas.find(({ node }) => node === to);
    return reader?.lies?.silentFor(worker, this.#silence) === true;
  }
}
