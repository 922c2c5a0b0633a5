import { OutOfRangeError } from '../registry/out-of-range-error.js';
import type { WorkerPlan } from './plan.js';

/** Who is Byzantine now. Workers are numbered from 0. */
export class ByzantineSet {
  /** 1 for each worker that is Byzantine, 0 for each honest one. */
  readonly members: Uint8Array;
  /** The most workers that can be honest at a time. */
  readonly mostHonest: number;
  /** How often somebody has turned. */
  changes = 0;
  readonly #turns: readonly boolean[];
  #honest: number;

  constructor(workers: readonly WorkerPlan[]) {
    this.members = Uint8Array.from(workers, ({ byzantine }) => Number(byzantine));
    this.#turns = workers.map(({ turns = false }) => turns);
    this.#honest = this.members.reduce((honest, liar) => honest - liar, workers.length);
    this.mostHonest = workers.filter(({ byzantine, turns = false }) => !byzantine || turns).length;
  }

  /** How many are Byzantine. */
  get size(): number {
    return this.members.length - this.#honest;
  }

  /** How many of those before a worker are Byzantine. O(workers). */
  placeOf(worker: number): number {
    let place = 0;
    for (let before = 0; before < worker; before++) place += this.members[before]!;
    return place;
  }

  /** Turns a worker; says whether it was otherwise. @throws OutOfRangeError when nobody would be honest, or when it isn't among those that turn. */
  turn(worker: number, byzantine: boolean): boolean {
    if ((this.members[worker] === 1) === byzantine) return false;
    if (!this.#turns[worker]!)
      throw new OutOfRangeError(`worker ${worker + 1} turns, but is not among those of which the plan says so`);
    if (byzantine && this.#honest === 1)
      throw new OutOfRangeError(
        `worker ${worker + 1} turns Byzantine as the last honest one; at least one must be honest`,
      );
    this.members[worker] = Number(byzantine);
    this.#honest += byzantine ? -1 : 1;
    this.changes += 1;
    return true;
  }
}
