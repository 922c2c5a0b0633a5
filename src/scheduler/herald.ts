import type { EntryHeap } from './entry-heap.js';
import { memberOf } from './slots.js';

/** Told of the first `count` of `members` that they will be due soon, in no order; lent until it returns. */
export type Soon = (members: Int32Array, count: number) => void;

/** Tells somebody of the members in a heap, and has what the queue keeps of them read ahead. */
export class Herald {
  readonly #soon: Soon;
  #members = new Int32Array(0);
  /** Written only, so that it is read at all. */
  protected read = 0;

  constructor(soon: Soon) {
    this.#soon = soon;
  }

  tell({ size, slots }: EntryHeap, ranks: Float64Array): void {
    if (this.#members.length < size) this.#members = new Int32Array(2 * size);
    let count = 0;
    let read = 0;
    for (let k = 0; k < size; k++) {
      const slot = slots[k]!;
      if (slot >= 0) continue;
      const member = memberOf(slot);
      this.#members[count++] = member;
      read += ranks[member]!;
    }
    this.read = read;
    if (count > 0) this.#soon(this.#members, count);
  }
}
