import type { Memory } from '../memory.js';
import type { ReadonlyVector, Vector } from '../vector.js';

/** What kernels are called with: addresses of vectors that are in their memory. */
export interface Arena {
  /** Whether all are vectors in this memory, and of one precision. */
  readonly holds: (first: ReadonlyVector, second?: ReadonlyVector, third?: ReadonlyVector) => boolean;
  /** Whether the first `count` of `vectors` are such, of `like`'s precision. */
  readonly holdsAll: (vectors: readonly ReadonlyVector[], count: number, like: ReadonlyVector) => boolean;
  /** Where a vector that is held begins, in bytes. */
  readonly at: (vector: ReadonlyVector) => number;
  /** Where a list of where the first `count` vectors begin begins; lent until the next call for the same `list`. */
  readonly list: (vectors: readonly ReadonlyVector[], count: number, list?: number) => number;
  /** Scratch memory of at least so many bytes for the call at hand, the same from call to call. */
  readonly scratch: (bytes: number) => number;
}

/** Twice what is asked for, so that growing step by step claims little more than the most in the end. */
const SLACK = 2;

/** Addresses in `memory`, whose arrays are views on `buffer`. */
export const arenaOf = (memory: Memory, buffer: ArrayBuffer): Arena => {
  const lists: Uint32Array[] = [new Uint32Array(0), new Uint32Array(0)];
  let spare: Uint32Array = new Uint32Array(0);
  const holds = (vector: ReadonlyVector, kind: unknown): boolean =>
    (vector as Vector).buffer === buffer && (vector as Vector).constructor === kind;
  return {
    holds: (first, second, third) => {
      const kind = (first as Vector).constructor;
      return (
        holds(first, kind) &&
        (second === undefined || holds(second, kind)) &&
        (third === undefined || holds(third, kind))
      );
    },
    holdsAll: (vectors, count, like) => {
      const kind = (like as Vector).constructor;
      if (!holds(like, kind)) return false;
      for (let i = 0; i < count; i++) if (!holds(vectors[i]!, kind)) return false;
      return true;
    },
    at: (vector) => (vector as Vector).byteOffset,
    list: (vectors, count, which = 0) => {
      if (lists[which]!.length < count) lists[which] = memory.uint32(SLACK * count);
      const list = lists[which]!;
      for (let i = 0; i < count; i++) list[i] = (vectors[i] as Vector).byteOffset;
      return list.byteOffset;
    },
    scratch: (bytes) => {
      if (spare.byteLength < bytes) spare = memory.uint32((SLACK * bytes) / 4);
      return spare.byteOffset;
    },
  };
};
