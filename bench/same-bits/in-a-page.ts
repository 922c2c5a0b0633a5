import { traceHashes } from './trace-hashes.js';

/** What a page that loads this module offers to whoever drives it. */
export interface Page {
  readonly traceHashes: typeof traceHashes;
}

Object.assign(globalThis, { traceHashes } satisfies Page);
