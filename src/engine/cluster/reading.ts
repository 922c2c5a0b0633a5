import type { Vector } from '../../kernels/vector.js';
import type { Cluster } from './cluster.js';
import type { Letter } from './letter.js';
import type { Replica } from './replica.js';
import { Rows } from './rows.js';
import { ServerLies, type Tolerance } from './server-lies.js';

/** What letters say when somebody reads them: liars make up now what they sent, knowing all. What is read is lent until the next. */
export class Reading {
  readonly #rows: Rows;
  readonly #scratch: readonly Vector[];
  readonly #serverLies: ServerLies | undefined;
  readonly #workers: number;

  constructor(readonly cluster: Cluster) {
    const { plan, kernels, objective, byzantine, start } = cluster;
    const { members } = plan.servers!;
    this.#workers = plan.workers.length;
    const liars = Math.max(byzantine.size, members.filter((server) => server.byzantine).length);
    this.#scratch = kernels.memory.matrix(objective.precision, liars, objective.dimension);
    this.#rows = new Rows(objective.dimension, this.#workers + members.length + 1);
    this.#serverLies = members.some((server) => server.byzantine) ? new ServerLies(cluster, start) : undefined;
  }

  /** What workers sent a replica. */
  fromWorkers(replica: Replica, letters: readonly Letter[]): Rows {
    const rows = this.#rows.clear();
    const liars = this.#open(rows, letters);
    const place = letters.findIndex(({ from }) => from === this.cluster.plan.trusted);
    rows.trusted = rows.vectors[place];
    if (liars.some((liar) => liar !== undefined))
      replica.lies!.forge(rows.vectors.slice(0, rows.count), liars, rows.trusted, letters[0]!.content);
    return rows;
  }

  /** What servers sent a node; after its own, if it has some. */
  fromServers(reader: number, letters: readonly Letter[], own?: Vector, tolerance?: Tolerance): Rows {
    const rows = this.#rows.clear();
    if (own) rows.add(own);
    const workers = this.#workers;
    const liars = this.#open(rows, letters).map((liar) => (liar === undefined ? undefined : liar - workers));
    if (own) liars.unshift(undefined);
    if (liars.some((liar) => liar !== undefined)) {
      const { step, content } = letters[0]!;
      this.#serverLies!.forge(rows.vectors.slice(0, rows.count), liars, step, reader, content, tolerance);
    }
    return rows;
  }

  /** Adds what each letter holds to `rows`, that of liars in vectors that they may write to; returns who these are. */
  #open(rows: Rows, letters: readonly Letter[]): (number | undefined)[] {
    let used = 0;
    return letters.map(({ from, forged, sheet }) => {
      if (!forged) {
        rows.add(sheet!.vector);
        return undefined;
      }
      const lie = this.#scratch[used++]!;
      if (sheet) lie.set(sheet.vector);
      rows.add(lie);
      return from;
    });
  }
}
