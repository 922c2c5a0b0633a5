import type { EntryHeap } from './entry-heap.js';
import type { SimulationTime } from './time.js';

/** Entries of a chunk, and numbers of an entry: time, rank, slot. */
const CHUNK = 32;
const ENTRY = 3;
const WIDTH = CHUNK * ENTRY;

/** Entries that a bucket is meant to have when its turn comes: what belongs to them should fit a core's own cache. */
const FULL = 128;

/** Buckets cover so many times the span in which as many entries as there are would be due, if they came as dense as the first do. */
const REACH = 4;

/** Entries whose times tell how dense the first ones are. */
const SAMPLES = 128;

const none = -1;

/**
 * Entries (time, rank, slot) that are due later than all in a heap, in buckets of equal spans of time, in no order within one; those
 * beyond the last bucket wait in one of their own, until they are dealt out anew. Each entry is moved a bounded number of times, to
 * memory that was just written or is read in order: hence the time of an event hardly grows with their number.
 * A ladder of one rung (Tang, Goh, Thng, "Ladder queue", ACM TOMACS 2005): a bucket that turns out too full is ordered by the heap.
 */
export class EntryBuckets {
  /** Number of entries. */
  size = 0;
  /** Chunks of entries: those of a bucket linked from the one that is filled, those that are free from `#free`. */
  #entries = new Float64Array(0);
  #next = new Int32Array(0);
  #free = none;
  /** Number of buckets, without the one of those beyond. */
  #buckets = 0;
  /** The bucket that was taken last. */
  #taken = none;
  /** When the first bucket begins, and buckets per millisecond. */
  #start: SimulationTime = 0;
  #perMillisecond = 1;
  /** The chunk that is filled in each bucket, and how many entries it has; last those beyond. */
  #heads = new Int32Array(1).fill(none);
  #fills = new Int32Array(1);

  /** Takes an entry, unless it is due before the next bucket begins. */
  offer(time: SimulationTime, rank: number, slot: number): boolean {
    // Rounding keeps order: of two entries, the one in the earlier bucket is the earlier.
    const place = (time - this.#start) * this.#perMillisecond;
    if (place < this.#taken + 1) return false;
    this.#append(place < this.#buckets ? Math.floor(place) : this.#buckets, time, rank, slot);
    return true;
  }

  /** Takes an entry, whenever it is due, to be dealt out by the next `deal`. */
  hold(time: SimulationTime, rank: number, slot: number): void {
    this.#append(this.#buckets, time, rank, slot);
  }

  /** Moves the entries of the next bucket that has any to a heap, out of order. */
  take(heap: EntryHeap): void {
    if (this.size === 0) return;
    let bucket = this.#taken + 1;
    while (bucket < this.#buckets && this.#heads[bucket] === none) bucket++;
    if (bucket >= this.#buckets) {
      this.deal();
      bucket = 0;
    }
    this.#taken = bucket;
    const entries = this.#entries;
    for (let chunk = this.#heads[bucket]!, filled = this.#fills[bucket]!; chunk !== none; filled = CHUNK) {
      const end = chunk * WIDTH + filled * ENTRY;
      for (let at = chunk * WIDTH; at < end; at += ENTRY) heap.append(entries[at]!, entries[at + 1]!, entries[at + 2]!);
      this.size -= filled;
      chunk = this.#release(chunk);
    }
    this.#heads[bucket] = none;
  }

  /** Deals the entries out to buckets that fit them, those only that are to be kept. */
  deal(isKept?: (rank: number, slot: number) => boolean): void {
    const heads = this.#heads;
    const fills = this.#fills;
    const first = this.#taken + 1;
    const last = this.#buckets;
    this.#plan(first);
    this.size = 0;
    const entries = (): Float64Array => this.#entries;
    for (let bucket = first; bucket <= last; bucket++) {
      for (let chunk = heads[bucket]!, filled = fills[bucket]!; chunk !== none; filled = CHUNK) {
        const end = chunk * WIDTH + filled * ENTRY;
        for (let at = chunk * WIDTH; at < end; at += ENTRY) {
          const [time, rank, slot] = [entries()[at]!, entries()[at + 1]!, entries()[at + 2]!];
          if (isKept === undefined || isKept(rank, slot)) this.offer(time, rank, slot);
        }
        chunk = this.#release(chunk);
      }
    }
  }

  /** Lays out new buckets for the entries in those from `first` on. The first begins with the earliest entry. */
  #plan(first: number): void {
    const { size } = this;
    const heads = this.#heads;
    const fills = this.#fills;
    const entries = this.#entries;
    const sample: number[] = [];
    const every = Math.max(1, Math.floor(size / SAMPLES));
    let earliest = Infinity;
    let seen = 0;
    for (let bucket = first; bucket <= this.#buckets; bucket++) {
      for (let chunk = heads[bucket]!, filled = fills[bucket]!; chunk !== none; filled = CHUNK) {
        const end = chunk * WIDTH + filled * ENTRY;
        for (let at = chunk * WIDTH; at < end; at += ENTRY) {
          const time = entries[at]!;
          if (time < earliest) earliest = time;
          if (seen++ % every === 0) sample.push(time);
        }
        chunk = this.#next[chunk]!;
      }
    }
    const quarter = Float64Array.from(sample).sort()[sample.length >> 2]! - earliest;
    const perBucket = quarter / Math.max(1, size / 4 / FULL);
    this.#start = earliest;
    // Neither 0 nor Infinity, which would make NaN of differences that are Infinity or 0.
    this.#perMillisecond = Math.min(Number.MAX_VALUE, Math.max(Number.MIN_VALUE, 1 / perBucket));
    this.#taken = none;
    this.#buckets = Math.ceil((REACH * size) / FULL);
    this.#heads = new Int32Array(this.#buckets + 1).fill(none);
    this.#fills = new Int32Array(this.#buckets + 1);
  }

  #append(bucket: number, time: SimulationTime, rank: number, slot: number): void {
    let chunk = this.#heads[bucket]!;
    let filled = this.#fills[bucket]!;
    if (chunk === none || filled === CHUNK) {
      chunk = this.#claim(chunk);
      this.#heads[bucket] = chunk;
      filled = 0;
    }
    const at = chunk * WIDTH + filled * ENTRY;
    const entries = this.#entries;
    entries[at] = time;
    entries[at + 1] = rank;
    entries[at + 2] = slot;
    this.#fills[bucket] = filled + 1;
    this.size++;
  }

  /** A free chunk, linked to `next`. */
  #claim(next: number): number {
    if (this.#free === none) this.#grow();
    const chunk = this.#free;
    this.#free = this.#next[chunk]!;
    this.#next[chunk] = next;
    return chunk;
  }

  /** Frees a chunk and returns the one after it. */
  #release(chunk: number): number {
    const next = this.#next[chunk]!;
    this.#next[chunk] = this.#free;
    this.#free = chunk;
    return next;
  }

  #grow(): void {
    const before = this.#next.length;
    const chunks = Math.max(FULL, 2 * before);
    const entries = new Float64Array(chunks * WIDTH);
    const next = new Int32Array(chunks);
    entries.set(this.#entries);
    next.set(this.#next);
    for (let chunk = before; chunk < chunks; chunk++) next[chunk] = chunk + 1 < chunks ? chunk + 1 : this.#free;
    this.#entries = entries;
    this.#next = next;
    this.#free = before;
  }
}
