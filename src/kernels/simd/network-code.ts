import type { Precision } from '../vector.js';
import type { Comparator } from './sorting-network.js';

/** Bytes of one entry in a set of columns, and of the part of them that one vector of 128 bits holds. */
const WIDTH = 64;
const LANES = 16;

/** Codes of WebAssembly's binary format, version 1. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const SECTION = { types: 1, imports: 2, functions: 3, exports: 7, code: 10 };
const TYPE = { i32: 0x7f, v128: 0x7b, function: 0x60, none: 0x40 };
const LOOP = 0x03;
const END = 0x0b;
const BRANCH_IF = 0x0d;
const GET = 0x20;
const SET = 0x21;
const TEE = 0x22;
const I32_CONST = 0x41;
const I32_ADD = 0x6a;
const I32_LESS = 0x49;
const SIMD = 0xfd;
const LOAD = [SIMD, 0x00];
const STORE = [SIMD, 0x0b];
/** v128 in memory is aligned to 2^4 bytes. */
const ALIGNED = 4;

/** An unsigned number in LEB128. */
const unsigned = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]);

/** A small number >= 0 in signed LEB128: the last byte's bit 6 is its sign. */
const signed = (value: number): number[] => (value < 64 ? [value] : [(value & 127) | 128, ...signed(value >>> 7)]);

const list = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];

const text = (characters: string): number[] => list(Array.from(characters, (character) => [character.charCodeAt(0)]));

const section = (id: number, ...items: (readonly number[])[]): number[] => {
  const body = list(items);
  return [id, ...unsigned(body.length), ...body];
};

/** pmin and pmax of either precision; pmin(a, b) is b < a ? b : a. */
const EXTREMES: Readonly<Record<Precision, { readonly least: number[]; readonly most: number[] }>> = {
  float32: { least: [SIMD, ...unsigned(0xea)], most: [SIMD, ...unsigned(0xeb)] },
  float64: { least: [SIMD, ...unsigned(0xf6)], most: [SIMD, ...unsigned(0xf7)] },
};

/** A comparator, and which of its two results anything later reads. */
interface Step {
  readonly i: number;
  readonly j: number;
  readonly least: boolean;
  readonly most: boolean;
}

/** The comparators on which the entries `from` to `to` − 1 depend. */
const needed = (network: readonly Comparator[], from: number, to: number): Step[] => {
  const read = new Set<number>();
  for (let i = from; i < to; i++) read.add(i);
  const steps: Step[] = [];
  for (let c = network.length - 1; c >= 0; c--) {
    const [i, j] = network[c]!;
    const [least, most] = [read.has(i), read.has(j)];
    if (!least && !most) continue;
    steps.push({ i, j, least, most });
    read.add(i).add(j);
  }
  return steps.reverse();
};

/** The parameter, where this vector of each entry begins, and the local that says where to stop. */
const [AT, STOP] = [0, 1];

/** The local that holds an entry. */
const local = (entry: number): number[] => unsigned(entry + 2);

/** Loads each entry when it is first needed and stores it, if it is wanted, when it is final. */
const straightLine = (steps: readonly Step[], from: number, to: number, precision: Precision): number[] => {
  const { least, most } = EXTREMES[precision];
  const final = new Map<number, number>();
  steps.forEach(({ i, j }, k) => final.set(i, k).set(j, k));
  const loaded = new Set<number>();
  return steps.flatMap(({ i, j, ...wanted }, k) => {
    const both = [GET, ...local(i), GET, ...local(j)];
    const fresh = [i, j].filter((entry) => !loaded.has(entry));
    fresh.forEach((entry) => loaded.add(entry));
    const done = [i, j].filter((entry) => final.get(entry) === k && from <= entry && entry < to);
    return [
      ...fresh.flatMap((entry) => [GET, AT, ...LOAD, ALIGNED, ...unsigned(entry * WIDTH), SET, ...local(entry)]),
      ...(wanted.least ? [...both, ...least] : []),
      ...(wanted.most ? [...both, ...most, SET, ...local(j)] : []),
      ...(wanted.least ? [SET, ...local(i)] : []),
      ...done.flatMap((entry) => [GET, AT, GET, ...local(entry), ...STORE, ALIGNED, ...unsigned(entry * WIDTH)]),
    ];
  });
};

/**
 * A WebAssembly module that imports `env.memory` and exports `sort(columns)`: the network as straight-line code on the
 * `count` entries of 64 bytes at byte `columns`, of which only `from` to `to` − 1 are written. A result that nothing reads
 * isn't computed, and most entries stay in registers from one comparator to the next: several times as fast as comparators
 * that are read from a list.
 */
export const networkCode = (
  network: readonly Comparator[],
  count: number,
  from: number,
  to: number,
  precision: Precision,
): Uint8Array<ArrayBuffer> => {
  const body = [
    ...list([
      [1, TYPE.i32],
      [...unsigned(count), TYPE.v128],
    ]),
    ...[GET, AT, I32_CONST, ...signed(WIDTH), I32_ADD, SET, STOP],
    ...[LOOP, TYPE.none],
    ...straightLine(needed(network, from, to), from, to, precision),
    ...[GET, AT, I32_CONST, LANES, I32_ADD, TEE, AT, GET, STOP, I32_LESS, BRANCH_IF, 0],
    ...[END, END],
  ];
  return Uint8Array.from([
    ...MAGIC,
    ...section(SECTION.types, [TYPE.function, ...list([[TYPE.i32]]), ...list([])]),
    ...section(SECTION.imports, [...text('env'), ...text('memory'), 0x02, 0x00, ...unsigned(0)]),
    ...section(SECTION.functions, [0]),
    ...section(SECTION.exports, [...text('sort'), 0x00, 0]),
    ...section(SECTION.code, [...unsigned(body.length), ...body]),
  ]);
};
