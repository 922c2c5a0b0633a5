import { EntryBuckets } from './entry-buckets.js';
import { EntryHeap } from './entry-heap.js';
import { Herald, type Soon } from './herald.js';
import { memberOf, slotOf, Slots } from './slots.js';
import type { SimulationTime } from './time.js';

/** Something that can stand in an event queue, at one place at a time. */
export interface Queued {
  /** The rank of its entry, `notQueued` while it has none. Written by the queue alone. */
  rank: number;
}

/** The rank of an item that stands in no queue. */
export const notQueued = -1;

/**
 * A priority queue on (time, rank): the earliest leaves first, and equal times leave in order of insertion. What stands in it are
 * items and, where there are many of a kind, members: numbers from 0, which need no object.
 */
export interface EventQueue<T extends Queued> {
  /** Number of items and members that have not been cancelled. */
  readonly length: number;
  /** Inserts `item`, moving it if it was queued already, and returns its rank: the number of insertions before it. RangeError unless `time` is finite. */
  push(item: T, time: SimulationTime): number;
  /** Makes room for so many more members and returns the first one's number. */
  enlist(members: number): number;
  /** Inserts a member, as `push` does an item. */
  pushMember(member: number, time: SimulationTime): number;
  /** When the next item or member is due; Infinity when there is none. */
  peekTime(): SimulationTime;
  /** Takes out the next item or member; undefined when there is none. */
  pop(): T | number | undefined;
  /** Takes `item` out in amortised O(1); false if it isn't queued. */
  cancel(item: T): boolean;
  /** Takes a member out, as `cancel` does an item. */
  cancelMember(member: number): boolean;
  /** Whether a member is queued. */
  hasMember(member: number): boolean;
}

/** Below this many entries, dead ones are left where they are: tidying up would cost more than it frees. */
const leastToCompact = 64;

/** With so many entries, the heap no longer fits a core's own cache beside what else is needed. */
const leastToSpill = 4096;

/** Buckets are laid out anew for so many times the entries that they were laid out for. */
const growth = 4;

/**
 * A stable event queue: what is due next in a heap, what is due later, if it is much, in buckets. An operation is O(log n) in the
 * worst case, amortised, and O(1) where many are due over a span.
 * A cancelled entry stays, dead, until it surfaces or dead entries outnumber the others; then they are swept out together.
 * Memory is therefore proportional to the largest number of items that were queued at once, however many are cancelled.
 * `soon` is told of members whose time comes near, where many are queued: a hint to get ready what belongs to them, nothing else.
 */
export const eventQueue = <T extends Queued>(soon?: Soon): EventQueue<T> => new TieredQueue<T>(soon);

/** @throws RangeError unless a time is finite. */
const requireFinite = (time: SimulationTime): void => {
  // Infinity − Infinity and NaN − NaN are NaN.
  if (time - time !== 0) throw new RangeError(`An event's time must be a finite number, got ${time}.`);
};

class TieredQueue<T extends Queued> implements EventQueue<T> {
  readonly #near = new EntryHeap();
  /** What is due after all in `#near`. */
  readonly #far = new EntryBuckets();
  /** The rank of each member's entry, `notQueued` while it has none. */
  #memberRanks = new Float64Array(0);
  /** The items of entries with slots from 0. */
  readonly #items = new Slots<T>();
  /** Entries that are dead: what they were for was cancelled, or stands elsewhere. */
  #dead = 0;
  /** The first entry has just been popped, and the next insertion takes its place, which saves half of the sifting. */
  #vacant = false;
  #nextRank = 0;
  /** Sizes at which near entries go to the buckets, and the buckets are laid out anew. */
  #spillAt = leastToSpill;
  #dealAt = 0;
  readonly #herald: Herald | undefined;

  constructor(soon: Soon | undefined) {
    this.#herald = soon && new Herald(soon);
  }

  get length(): number {
    return this.#near.size + this.#far.size - this.#dead - Number(this.#vacant);
  }

  push(item: T, time: SimulationTime): number {
    requireFinite(time);
    if (item.rank !== notQueued) this.cancel(item);
    item.rank = this.#nextRank;
    return this.#insert(this.#items.claim(item), time);
  }

  enlist(members: number): number {
    const first = this.#memberRanks.length;
    const ranks = new Float64Array(first + members).fill(notQueued);
    ranks.set(this.#memberRanks);
    this.#memberRanks = ranks;
    return first;
  }

  pushMember(member: number, time: SimulationTime): number {
    requireFinite(time);
    if (this.#memberRanks[member] !== notQueued) this.cancelMember(member);
    this.#memberRanks[member] = this.#nextRank;
    return this.#insert(slotOf(member), time);
  }

  hasMember(member: number): boolean {
    return this.#memberRanks[member] !== notQueued;
  }

  peekTime(): SimulationTime {
    this.#surface();
    return this.#near.times[0]!;
  }

  pop(): T | number | undefined {
    this.#surface();
    if (this.#near.size === 0) return undefined;
    const slot = this.#near.slots[0]!;
    this.#vacant = true;
    if (slot < 0) {
      const member = memberOf(slot);
      this.#memberRanks[member] = notQueued;
      return member;
    }
    const item = this.#items.at(slot);
    item.rank = notQueued;
    this.#items.release(slot);
    return item;
  }

  cancel(item: T): boolean {
    if (item.rank === notQueued) return false;
    item.rank = notQueued;
    this.#die();
    return true;
  }

  cancelMember(member: number): boolean {
    if (!this.hasMember(member)) return false;
    this.#memberRanks[member] = notQueued;
    this.#die();
    return true;
  }

  /** Puts in an entry with the next rank. */
  #insert(slot: number, time: SimulationTime): number {
    const rank = this.#nextRank++;
    const near = this.#near;
    if (this.#far.size > 0 && this.#far.offer(time, rank, slot)) {
      if (this.#far.size >= this.#dealAt) this.#deal();
    } else if (this.#vacant) {
      this.#vacant = false;
      near.replaceFirst(time, rank, slot);
    } else {
      near.insert(time, rank, slot);
      if (near.size >= this.#spillAt) this.#spill();
    }
    return rank;
  }

  /** One more entry is dead. */
  #die(): void {
    this.#dead++;
    const size = this.#near.size + this.#far.size;
    if (this.#dead * 2 > size && size > leastToCompact) this.#compact();
  }

  /** Fills a vacancy. */
  #settle(): void {
    if (!this.#vacant) return;
    this.#vacant = false;
    this.#near.removeFirst();
  }

  /** Removes entries until the first is live, or there is none. */
  #surface(): void {
    const near = this.#near;
    this.#settle();
    for (;;) {
      if (this.#dead > 0) while (near.size > 0 && !this.#isLive(near.ranks[0]!, near.slots[0]!)) near.removeFirst();
      if (near.size > 0 || this.#far.size === 0) return;
      this.#advance();
    }
  }

  /** Orders the entries that are due next. */
  #advance(): void {
    const near = this.#near;
    this.#far.take(near);
    if (this.#dead > 0) near.keep(this.#isLive);
    near.order();
    this.#spillAt = Math.max(leastToSpill, 2 * near.size, this.#far.size >> 3);
    this.#herald?.tell(near, this.#memberRanks);
  }

  /** The heap has grown too large: all entries go to the buckets. */
  #spill(): void {
    const near = this.#near;
    near.keep(this.#isLive);
    for (let k = 0; k < near.size; k++) this.#far.hold(near.times[k]!, near.ranks[k]!, near.slots[k]!);
    near.clear();
    this.#deal();
    this.#advance();
  }

  /** Sweeps out the dead entries. */
  #compact(): void {
    this.#settle();
    this.#near.keep(this.#isLive);
    this.#near.order();
    if (this.#far.size > 0) this.#deal(this.#isLive);
  }

  #deal(isKept?: (rank: number, slot: number) => boolean): void {
    this.#far.deal(isKept);
    this.#dealAt = growth * Math.max(leastToSpill, this.#far.size);
  }

  /** Whether an entry is live; buries it if it is not. */
  readonly #isLive = (rank: number, slot: number): boolean => {
    if ((slot < 0 ? this.#memberRanks[memberOf(slot)] : this.#items.at(slot).rank) === rank) return true;
    this.#dead--;
    if (slot >= 0) this.#items.release(slot);
    return false;
  };
}
