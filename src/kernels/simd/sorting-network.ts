/** A comparator puts the smaller of entries i and j into i and the larger into j. */
export type Comparator = readonly [i: number, j: number];

/** Comparators and, in their entries' order afterwards, where each entry is to be found. */
interface Ordered {
  readonly comparators: readonly Comparator[];
  readonly order: readonly number[];
}

type Emit = (i: number, j: number) => void;

const everyOther = (list: readonly number[], first: number): number[] => list.filter((_, i) => i % 2 === first);

/** Merges two sorted lists of entries; returns them in ascending order. */
const merged = (x: readonly number[], y: readonly number[], emit: Emit): readonly number[] => {
  if (x.length === 0) return y;
  if (y.length === 0) return x;
  if (x.length === 1 && y.length === 1) {
    emit(x[0]!, y[0]!);
    return [x[0]!, y[0]!];
  }
  const odd = merged(everyOther(x, 0), everyOther(y, 0), emit);
  const even = merged(everyOther(x, 1), everyOther(y, 1), emit);
  const order = [odd[0]!];
  const both = Math.min(even.length, odd.length - 1);
  for (let i = 0; i < both; i++) {
    emit(even[i]!, odd[i + 1]!);
    order.push(even[i]!, odd[i + 1]!);
  }
  return [...order, ...even.slice(both), ...odd.slice(both + 1)];
};

/** Sorts a list of entries; returns them in ascending order. */
const sorted = (entries: readonly number[], emit: Emit): readonly number[] => {
  if (entries.length < 2) return entries;
  const middle = entries.length >> 1;
  return merged(sorted(entries.slice(0, middle), emit), sorted(entries.slice(middle), emit), emit);
};

/** Entries renamed so that the one in place k of the order is k. */
const inPlace = ({ comparators, order }: Ordered): Comparator[] => {
  const place = new Uint32Array(order.length);
  order.forEach((entry, k) => {
    place[entry] = k;
  });
  return comparators.map(([i, j]) => [place[i]!, place[j]!]);
};

const entriesOf = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/**
 * Sorts `count` entries: Batcher's odd-even merging of halves. One half is done before the next begins, so that few entries
 * are under way at a time. Knuth, The Art of Computer Programming 3, section 5.3.4.
 */
export const mergeSort = (count: number): Comparator[] => {
  const comparators: Comparator[] = [];
  const order = sorted(entriesOf(count), (i, j) => comparators.push([i, j]));
  return inPlace({ comparators, order });
};

/**
 * Parts `below` and `above` of the entries from the others, below + above <= ⌊count/2⌋: of two sorted halves the k smallest
 * are among the k smallest of each, and min(a_i, b_{k−1−i}) for all i < k are those.
 */
const parted = (count: number, below: number, above: number): Comparator[] => {
  const comparators: Comparator[] = [];
  const emit: Emit = (i, j) => comparators.push([i, j]);
  const entries = entriesOf(count);
  const a = sorted(entries.slice(0, count >> 1), emit);
  const b = sorted(entries.slice(count >> 1), emit);
  for (let i = 0; i < below; i++) emit(a[i]!, b[below - 1 - i]!);
  const [lastA, lastB] = [a.length - 1, b.length - 1];
  for (let i = 0; i < above; i++) emit(b[lastB - (above - 1 - i)]!, a[lastA - i]!);
  const ends = new Set([...a.slice(0, below), ...a.slice(a.length - above)]);
  const order = [...a.slice(0, below), ...entries.filter((entry) => !ends.has(entry)), ...a.slice(a.length - above)];
  return inPlace({ comparators, order });
};

/** The comparators that matter, from the end: one between two entries that nobody tells apart is left out. */
const pruned = (network: readonly Comparator[], groups: number[]): Comparator[] => {
  let fresh = groups.length + 2;
  const kept: Comparator[] = [];
  for (let c = network.length - 1; c >= 0; c--) {
    const [i, j] = network[c]!;
    if (groups[i] === groups[j]) continue;
    kept.push([i, j]);
    groups[i] = groups[j] = fresh++;
  }
  return kept.reverse();
};

/**
 * A network after which the entries `from` to `to` − 1 are those of the sorted ones as a set, those before them another and
 * those behind a third; one or two in the middle are each in its place.
 */
export const selection = (count: number, from: number, to: number): Comparator[] => {
  const ordered = from === (count - 1) >> 1 && to === (count >> 1) + 1;
  const groups = Array.from({ length: count }, (_, i) => (i < from ? 0 : i >= to ? 1 : ordered ? i + 2 : 2));
  const few = !ordered && from + count - to <= count >> 1;
  return pruned(few ? parted(count, from, count - to) : mergeSort(count), groups);
};
