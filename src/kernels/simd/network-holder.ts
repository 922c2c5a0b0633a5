import type { Memory } from '../memory.js';
import type { Precision } from '../vector.js';
import { networkCode } from './network-code.js';
import { mergeSort, selection, type Comparator } from './sorting-network.js';

/** Networks for more entries than this stay lists of comparators: their straight-line code would be long. */
const MOST_COMPILED = 128;

/** Fewer numbers a row are sorted sooner than code for them is compiled. */
const LEAST_COMPILED = 4096;

/** A network that the kernels can run. */
export interface HeldNetwork {
  /** Where its list of comparators begins, in bytes. */
  readonly address: number;
  /** Number of comparators. */
  readonly length: number;
  /** Index of its straight-line code in the kernels' table of functions; 0 where there is none. */
  readonly code: number;
}

/** What is to be sorted: `count` rows of `dimension` numbers. */
export interface SortedShape {
  readonly count: number;
  readonly dimension: number;
  readonly precision: Precision;
}

/** Compiles a module that exports `sort` and puts that into the kernels' table, at `index` if that isn't 0; returns where. */
export type Install = (code: Uint8Array<ArrayBuffer>, index: number) => number;

/** `Install` for kernels in `memory` with that table. */
export const installer =
  (memory: WebAssembly.Memory, table: WebAssembly.Table): Install =>
  (code, index) => {
    const { sort } = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } }).exports;
    const place = index || table.grow(1);
    table.set(place, sort);
    return place;
  };

const sameShape = (a: SortedShape, b: SortedShape): boolean =>
  a.count === b.count && a.dimension === b.dimension && a.precision === b.precision;

/**
 * Keeps one network, and makes another when the shape or the entries that are wanted change: those from `from` to `to` − 1
 * as `selection` has it, or all of them in order. Long rows get code for it when the same is asked for again: the number of
 * workers that have been heard of may still be growing.
 */
export const networkHolder = (
  memory: Memory,
  install: Install,
): ((shape: SortedShape, from?: number, to?: number) => HeldNetwork) => {
  let room: Uint32Array = new Uint32Array(0);
  let index = 0;
  let network: readonly Comparator[] = [];
  let held: HeldNetwork = { address: 0, length: 0, code: 0 };
  let last:
    { readonly shape: SortedShape; readonly from?: number | undefined; readonly to?: number | undefined } | undefined;

  const list = ({ count }: SortedShape, from?: number, to?: number): HeldNetwork => {
    network = from === undefined || to === undefined ? mergeSort(count) : selection(count, from, to);
    if (room.length < 2 * network.length) room = memory.uint32(4 * network.length);
    network.forEach(([i, j], c) => {
      room[2 * c] = i;
      room[2 * c + 1] = j;
    });
    return { address: room.byteOffset, length: network.length, code: 0 };
  };

  return (shape, from, to) => {
    const { count, dimension, precision } = shape;
    if (last === undefined || !sameShape(shape, last.shape) || from !== last.from || to !== last.to) {
      held = list(shape, from, to);
      last = { shape, from, to };
    } else if (held.code === 0 && count <= MOST_COMPILED && dimension >= LEAST_COMPILED) {
      index = install(networkCode(network, count, from ?? 0, to ?? count, precision), index);
      held = { ...held, code: index };
    }
    return held;
  };
};
