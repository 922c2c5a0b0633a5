import type { SimulationTime } from './time.js';

const arity = 4;

/** Room for so many entries at first. */
const leastCapacity = 64;

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

/** Entries (time, rank, slot), the least (time, rank) first: a 4-ary heap whose keys lie in flat arrays (Johnson 1975). */
export class EntryHeap {
  /** Number of entries. */
  size = 0;
  /** The entries, the first at 0; `times` are Infinity past `size`, with room for a last entry's siblings, so that there are always four to compare. */
  times = new Float64Array(arity - 1).fill(Infinity);
  ranks = new Float64Array(arity - 1);
  slots = new Int32Array(0);

  /** Puts an entry in whose rank is the greatest so far. */
  insert(time: SimulationTime, rank: number, slot: number): void {
    if (this.size === this.slots.length) this.#grow();
    this.#siftUp(this.size++, time, rank, slot);
  }

  /** Puts an entry in the first one's place, in about half the work of taking one out and putting one in. */
  replaceFirst(time: SimulationTime, rank: number, slot: number): void {
    this.#siftDown(0, time, rank, slot);
  }

  removeFirst(): void {
    const last = --this.size;
    const time = this.times[last]!;
    this.times[last] = Infinity;
    if (last > 0) this.#siftDown(0, time, this.ranks[last]!, this.slots[last]!);
  }

  /** Puts an entry last, out of order until `order`. */
  append(time: SimulationTime, rank: number, slot: number): void {
    if (this.size === this.slots.length) this.#grow();
    const at = this.size++;
    this.times[at] = time;
    this.ranks[at] = rank;
    this.slots[at] = slot;
  }

  /** Leaves only the entries that are to be kept, out of order until `order`. */
  keep(isKept: (rank: number, slot: number) => boolean): void {
    const { times, ranks, slots, size } = this;
    let kept = 0;
    for (let k = 0; k < size; k++) {
      if (!isKept(ranks[k]!, slots[k]!)) continue;
      times[kept] = times[k]!;
      ranks[kept] = ranks[k]!;
      slots[kept] = slots[k]!;
      kept++;
    }
    times.fill(Infinity, kept, size);
    this.size = kept;
  }

  clear(): void {
    this.times.fill(Infinity, 0, this.size);
    this.size = 0;
  }

  /** Makes a heap of the entries, in O(n) (Floyd 1964). */
  order(): void {
    const { times, ranks, slots } = this;
    for (let k = (this.size - 2) >> 2; k >= 0; k--) this.#siftDown(k, times[k]!, ranks[k]!, slots[k]!);
  }

  /** Puts an entry at the hole `at` or above it. Its rank is the greatest so far, so it passes only later times. */
  #siftUp(at: number, time: SimulationTime, rank: number, slot: number): void {
    const { times, ranks, slots } = this;
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
    const { times, ranks, slots, size } = this;
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

  #grow(): void {
    const capacity = Math.max(leastCapacity, this.size * 2);
    const times = new Float64Array(capacity + arity - 1).fill(Infinity);
    const ranks = new Float64Array(capacity + arity - 1);
    const slots = new Int32Array(capacity);
    times.set(this.times);
    ranks.set(this.ranks);
    slots.set(this.slots);
    this.times = times;
    this.ranks = ranks;
    this.slots = slots;
  }
}
