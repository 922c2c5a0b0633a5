import type { Letter, Sheet } from './letter.js';
import type { Cluster } from './cluster.js';

/** The honest servers' models of one step, as far as they are there. */
interface Models {
  readonly before: Sheet[];
  readonly after: Sheet[];
}

/** Follows how near honest servers' models come by agreeing on them: told of each step of which all are known, before and after. */
export class Contraction {
  readonly #steps = new Map<number, Models>();
  readonly #honest: number;

  constructor(
    readonly cluster: Cluster,
    readonly tell: (step: number, before: number, after: number) => void,
  ) {
    this.#honest = cluster.replicas.filter(({ byzantine }) => !byzantine).length;
  }

  /** A replica's model before or after it agrees with the others in a step, from 1. Models of Byzantine ones aren't looked at. */
  note(node: Letter['from'], step: number, when: keyof Models, sheet: Sheet): void {
    const { replicas, sheets } = this.cluster;
    if (replicas.find((replica) => replica.node === node)!.byzantine) return;
    let models = this.#steps.get(step);
    if (models === undefined) this.#steps.set(step, (models = { before: [], after: [] }));
    models[when].push(sheets.hold(sheet));
    if (models.before.length < this.#honest || models.after.length < this.#honest) return;
    this.tell(step, this.#diameter(models.before), this.#diameter(models.after));
    for (const held of [...models.before, ...models.after]) sheets.release(held);
    this.#steps.delete(step);
  }

  /** The largest distance between two of them. */
  #diameter(sheets: readonly Sheet[]): number {
    const { kernels, objective } = this.cluster;
    let largest = 0;
    sheets.forEach(({ vector }, i) => {
      for (const other of sheets.slice(i + 1))
        largest = Math.max(largest, kernels.vectors.squaredDistance(vector, other.vector, objective.dimension));
    });
    return Math.sqrt(largest);
  }
}
