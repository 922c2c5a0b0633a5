/** The member whose entries have this slot: they have negative ones, which are theirs for good. Its own inverse. */
export const memberOf = (slot: number): number => ~slot;
export const slotOf = memberOf;

/** Room for so many free slots at first. */
const leastFree = 64;

/** Items by small numbers, their slots, which are used again once they are free. */
export class Slots<T> {
  /** undefined where a slot is free. */
  readonly #items: (T | undefined)[] = [];
  /** Slots that are free, the first `#count` of them. */
  #free = new Int32Array(0);
  #count = 0;

  /** Gives an item a slot: the one that was freed last, which is still at hand. */
  claim(item: T): number {
    const slot = this.#count > 0 ? this.#free[--this.#count]! : this.#items.length;
    this.#items[slot] = item;
    return slot;
  }

  /** The item at a slot that isn't free. */
  at(slot: number): T {
    return this.#items[slot]!;
  }

  release(slot: number): void {
    this.#items[slot] = undefined;
    if (this.#count === this.#free.length) {
      const free = new Int32Array(Math.max(leastFree, 2 * this.#count));
      free.set(this.#free);
      this.#free = free;
    }
    this.#free[this.#count++] = slot;
  }
}
