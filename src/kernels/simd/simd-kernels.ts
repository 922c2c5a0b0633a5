import type { KernelSource, Kernels } from '../kernels.js';
import { linearMemory } from '../memory.js';
import { plainRows } from '../plain/linear-rows.js';
import { plainVectors } from '../plain/vectors.js';
import { arenaOf } from './arena.js';
import { binary } from './binary.js';
import type { KernelExports } from './exports.js';
import { simdRows } from './linear-rows.js';
import { installer } from './network-holder.js';
import { simdNetworks } from './networks.js';
import { simdVectors } from './vectors.js';

/** Bytes of a page of WebAssembly memory, and the most pages that 32-bit addresses reach. */
const PAGE = 65_536;
const MOST_PAGES = 65_536;

/** How many times what is asked for is set aside. */
const SPARE = 1.5;

const decode = (text: string): Uint8Array => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

let compiled: Promise<WebAssembly.Module | undefined> | undefined;

/** The kernels' module, compiled once; undefined where WebAssembly or its SIMD is missing. */
const compile = (): Promise<WebAssembly.Module | undefined> =>
  (compiled ??= (async () => {
    const bytes = decode(binary);
    return typeof WebAssembly === 'object' && WebAssembly.validate(bytes) ? WebAssembly.compile(bytes) : undefined;
  })());

const kernelsOf = (module: WebAssembly.Module, bytes: number): Kernels => {
  // Pages that nobody touches cost nothing; the memory never grows, so views on it stay whole.
  const pages = Math.ceil(bytes / PAGE) + 2;
  const own = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const instance = new WebAssembly.Instance(module, { env: { memory: own, abort: () => undefined } });
  const exports = instance.exports as unknown as KernelExports;
  const memory = linearMemory(own.buffer, exports.firstFree());
  const arena = arenaOf(memory, own.buffer);
  return {
    kind: 'simd',
    memory,
    vectors: simdVectors(exports, memory, arena, installer(own, exports.table), plainVectors()),
    rows: simdRows(exports, memory, own.buffer, plainRows()),
    networks: simdNetworks(exports, memory, own.buffer),
  };
};

/** Kernels in WebAssembly with 128-bit SIMD; undefined where that is missing. */
export const simd = async (): Promise<KernelSource | undefined> => {
  const module = await compile();
  return (
    module && {
      kind: 'simd',
      limit: (MOST_PAGES - 2) * PAGE,
      // With room to spare, since pages that nobody touches cost nothing.
      create: (bytes) => kernelsOf(module, Math.min(SPARE * bytes, (MOST_PAGES - 2) * PAGE)),
    }
  );
};
