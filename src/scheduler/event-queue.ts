import type { SimulationTime } from './time.js';

/** Something that can stand in an event queue, at one place at a time. */
export interface Queued {
  /** The rank of its entry, `notQueued` while it has none. Written by the queue alone. */
  rank: number;
}

/** The rank of an item that stands in no queue. */
export const notQueued = -1;

/** A priority queue on (time, rank): the earliest leaves first, and equal times leave in order of insertion. */
export interface EventQueue<T extends Queued> {
  /** Number of items that have not been cancelled. */
  readonly length: number;
  /** Inserts `item` in O(log n), moving it if it was queued already, and returns its rank: the number of insertions before it. RangeError unless `time` is finite. */
  push(item: T, time: SimulationTime): number;
  /** When the next item is due; Infinity when there is none. */
  peekTime(): SimulationTime;
  /** Takes out the next item in O(log n); undefined when there is none. */
  pop(): T | undefined;
  /** Takes `item` out in amortised O(1); false if it isn't queued. */
  cancel(item: T): boolean;
}

const arity = 4;

/** Below this many entries, dead ones are left where they are: tidying up would cost more than it frees. */
const leastToCompact = 64;

/**
 * A stable event queue: a 4-ary heap whose keys lie in flat arrays (Johnson 1975).
 * A cancelled entry stays, dead, until it surfaces or dead entries outnumber the others; then they are swept out together.
 * Memory is therefore proportional to the largest number of items that were queued at once, however many are cancelled.
 */
export const eventQueue = <T extends Queued>(): EventQueue<T> => new HeapQueue<T>();

/**
 * Index of the least of four entries from `first` on. Which sibling is least can't be predicted, and a wrong guess costs more
 * than a comparison: so the outcomes are added up as numbers, and only ties, which are rare or the rule, are branched on.
 */
const leastOfFour = (times: Float64Array, ranks: Float64Array, first: number): number => {
  const a = first + Number(isAfter(times, ranks, first, first + 1));
  const b = first + 2 + Number(isAfter(times, ranks, first + 2, first + 3));
  return a + (b - a) * Number(isAfter(times, ranks, a, b));
};

const isAfter = (times: Float64Array, ranks: Float64Array, a: number, b: number): boolean => {
  const timeA = times[a]!;
  const timeB = times[b]!;
  return timeA === timeB ? ranks[a]! > ranks[b]! : timeA > timeB;
};

class HeapQueue<T extends Queued> implements EventQueue<T> {
  #capacity = 0;
  /** Infinity past `#size`, and room for a last entry's siblings, so that there are always four to compare. */
  #times = new Float64Array(0);
  #ranks = new Float64Array(0);
  /** A permutation: where in `#items` an entry's item is kept; past `#size`, the places that are free. */
  #slots = new Int32Array(0);
  readonly #items: (T | undefined)[] = [];
  /** Number of entries, dead ones included. */
  #size = 0;
  #dead = 0;
  /** The first entry has just been popped: it is dead, and the next insertion takes its place, which saves half of the sifting. */
  #vacant = false;
  #nextRank = 0;

  get length(): number {
    return this.#size - this.#dead;
  }

  push(item: T, time: SimulationTime): number {
    // Infinity − Infinity and NaN − NaN are NaN.
    if (time - time !== 0) throw new RangeError(`An event's time must be a finite number, got ${time}.`);
    if (item.rank !== notQueued) this.cancel(item);
    const rank = this.#nextRank++;
    item.rank = rank;
    if (this.#vacant) {
      this.#vacant = false;
      this.#dead--;
      const slot = this.#slots[0]!;
      this.#items[slot] = item;
      this.#siftDown(0, time, rank, slot);
    } else {
      if (this.#size === this.#capacity) this.#grow();
      const slot = this.#slots[this.#size]!;
      this.#items[slot] = item;
      this.#siftUp(this.#size++, time, rank, slot);
    }
    return rank;
  }

  peekTime(): SimulationTime {
    if (this.#dead > 0) this.#surface();
    return this.#size > 0 ? this.#times[0]! : Infinity;
  }

  pop(): T | undefined {
    if (this.#dead > 0) this.#surface();
    if (this.#size === 0) return undefined;
    const item = this.#items[this.#slots[0]!]!;
    item.rank = notQueued;
    this.#dead++;
    this.#vacant = true;
    return item;
  }

  cancel(item: T): boolean {
    if (item.rank === notQueued) return false;
    item.rank = notQueued;
    this.#dead++;
    if (this.#dead * 2 > this.#size && this.#size > leastToCompact) this.#compact();
    return true;
  }

  /** Removes dead entries until the first is live. */
  #surface(): void {
    this.#vacant = false;
    while (this.#size > 0 && this.#items[this.#slots[0]!]!.rank !== this.#ranks[0]!) {
      this.#removeFirst();
      this.#dead--;
    }
  }

  #removeFirst(): void {
    const last = --this.#size;
    const free = this.#slots[0]!;
    const time = this.#times[last]!;
    this.#items[free] = undefined;
    this.#times[last] = Infinity;
    if (last > 0) this.#siftDown(0, time, this.#ranks[last]!, this.#slots[last]!);
    this.#slots[last] = free;
  }

  /** Puts an entry at the hole `at` or above it. Its rank is the greatest so far, so it passes only later times. */
  #siftUp(at: number, time: SimulationTime, rank: number, slot: number): void {
    const times = this.#times;
    const ranks = this.#ranks;
    const slots = this.#slots;
    let hole = at;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      if (times[parent]! <= time) break;
      times[hole] = times[parent]!;
      ranks[hole] = ranks[parent]!;
      slots[hole] = slots[parent]!;
      hole = parent;
    }
    times[hole] = time;
    ranks[hole] = rank;
    slots[hole] = slot;
  }

  /** Puts an entry at the hole `at` or below it. */
  #siftDown(at: number, time: SimulationTime, rank: number, slot: number): void {
    const times = this.#times;
    const ranks = this.#ranks;
    const slots = this.#slots;
    const size = this.#size;
    let hole = at;
    for (let child = 1 + hole * arity; child < size; child = 1 + hole * arity) {
      const least = leastOfFour(times, ranks, child);
      const leastTime = times[least]!;
      if (time < leastTime || (time === leastTime && rank < ranks[least]!)) break;
      times[hole] = leastTime;
      ranks[hole] = ranks[least]!;
      slots[hole] = slots[least]!;
      hole = least;
    }
    times[hole] = time;
    ranks[hole] = rank;
    slots[hole] = slot;
  }

  /** Sweeps out the dead entries and makes a heap of the rest, in O(n) (Floyd 1964). */
  #compact(): void {
    const times = this.#times;
    const ranks = this.#ranks;
    const slots = this.#slots;
    let kept = 0;
    for (let k = 0; k < this.#size; k++) {
      const slot = slots[k]!;
      if (this.#items[slot]!.rank === ranks[k]!) {
        times[kept] = times[k]!;
        ranks[kept] = ranks[k]!;
        slots[k] = slots[kept]!;
        slots[kept] = slot;
        kept++;
      } else {
        this.#items[slot] = undefined;
      }
    }
    times.fill(Infinity, kept, this.#size);
    this.#size = kept;
    this.#dead = 0;
    this.#vacant = false;
    for (let k = (kept - 2) >> 2; k >= 0; k--) this.#siftDown(k, times[k]!, ranks[k]!, slots[k]!);
  }

  #grow(): void {
    const capacity = Math.max(leastToCompact, this.#capacity * 2);
    const times = new Float64Array(capacity + arity - 1).fill(Infinity);
    const ranks = new Float64Array(capacity + arity - 1);
    const slots = new Int32Array(capacity);
    times.set(this.#times);
    ranks.set(this.#ranks);
    slots.set(this.#slots);
    for (let slot = this.#capacity; slot < capacity; slot++) {
      slots[slot] = slot;
      this.#items.push(undefined);
    }
    this.#capacity = capacity;
    this.#times = times;
    this.#ranks = ranks;
    this.#slots = slots;
  }
}
