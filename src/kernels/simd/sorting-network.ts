import type { Memory } from '../memory.js';

/** A comparator puts the smaller of entries i and j, i < j, into i and the larger into j. */
type Comparator = readonly [i: number, j: number];

/** Batcher's odd-even merge sort for any number of entries. Knuth, The Art of Computer Programming 3, section 5.3.4. */
export const oddEvenMergeSort = (count: number): Comparator[] => {
  const network: Comparator[] = [];
  for (let p = 1; p < count; p *= 2)
    for (let k = p; k >= 1; k /= 2)
      for (let j = k % p; j + k < count; j += 2 * k)
        for (let i = j; i < j + Math.min(k, count - j - k); i++)
          if (Math.floor(i / (2 * p)) === Math.floor((i + k) / (2 * p))) network.push([i, i + k]);
  return network;
};

/**
 * The comparators that matter where entries `from` to `to` − 1 of the sorted ones are wanted as a set, those below as
 * another and those above as a third: from the end, one between two entries that nobody tells apart is left out.
 */
export const pruned = (network: readonly Comparator[], count: number, from: number, to: number): Comparator[] => {
  const group: number[] = Array.from({ length: count }, (_, i) => (i < from ? 0 : i < to ? 1 : 2));
  let fresh = 3;
  const kept: Comparator[] = [];
  for (let c = network.length - 1; c >= 0; c--) {
    const [i, j] = network[c]!;
    if (group[i] === group[j]) continue;
    kept.push([i, j]);
    group[i] = group[j] = fresh++;
  }
  return kept.reverse();
};

/** A network in kernel memory. */
export interface HeldNetwork {
  /** Where it begins, in bytes. */
  readonly address: number;
  /** Number of comparators. */
  readonly length: number;
}

/**
 * Keeps one network in `memory`, and makes another when `count` or the entries that are wanted change; all of them, in
 * order, unless `from` and `to` are given.
 */
export const networkHolder = (memory: Memory): ((count: number, from?: number, to?: number) => HeldNetwork) => {
  let room: Uint32Array = new Uint32Array(0);
  let held = { address: 0, length: 0 };
  let last = [-1, -1, -1];
  return (count, from = -1, to = -1) => {
    if (last[0] === count && last[1] === from && last[2] === to) return held;
    const whole = oddEvenMergeSort(count);
    const network = from === -1 ? whole : pruned(whole, count, from, to);
    if (room.length < 2 * network.length) room = memory.uint32(4 * network.length);
    network.forEach(([i, j], c) => {
      room[2 * c] = i;
      room[2 * c + 1] = j;
    });
    last = [count, from, to];
    held = { address: room.byteOffset, length: network.length };
    return held;
  };
};
