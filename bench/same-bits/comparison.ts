import type { TraceHashes } from './trace-hashes.js';

/** What one environment found. */
export interface Column {
  /** Such as "Node 22.3.0, 2 threads". */
  readonly environment: string;
  readonly hashes: TraceHashes;
}

/** A table of scenarios by environments, and how many of its hashes differ from the first environment's. */
export interface Comparison {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly different: number;
}

/** Hexadecimal digits of a hash that are shown. */
const SHOWN = 8;

const shown = (hash: string | undefined): string => hash?.slice(0, SHOWN) ?? 'missing';

/** Compares every environment with the first one, scenario by scenario; a hash that is missing differs. */
export const compare = (
  scenarios: readonly string[],
  [first, ...others]: readonly [Column, ...Column[]],
): Comparison => {
  let different = 0;
  const verdict = (expected: string | undefined, found: string | undefined): string => {
    if (expected !== undefined && found === expected) return 'same';
    different++;
    return `DIFFERENT ${shown(found)}`;
  };
  const rows = scenarios.map((scenario) => {
    const expected = first.hashes[scenario];
    if (expected === undefined) different++;
    return [scenario, shown(expected), ...others.map(({ hashes }) => verdict(expected, hashes[scenario]))];
  });
  return { head: ['scenario', first.environment, ...others.map(({ environment }) => environment)], rows, different };
};

/** A Node's major version: 20 of v20.19.0. */
export const majorOf = (version: string): number => Number(/^v?(\d+)/.exec(version)?.[1]);
