import type { ServerAttackRule, ServerLie, ServerView } from '../../../src/attacks/servers/index.js';
import { plainKernels } from '../../../src/kernels/index.js';
import { seededRandom } from '../../../src/random/index.js';

/** A lie of a server among ten nodes, on models of so many numbers. */
export const lieOf = (rule: ServerAttackRule, dimension: number, seed = 1): ServerLie => {
  const draws = seededRandom(seed);
  const kernels = plainKernels();
  return rule.lie({ dimension, precision: 'float64', kernels, nodes: 10, random: (name) => draws.fork(name) });
};

/** What a server sees that read beside it are these honest models; the rest as given. */
export const viewOf = (honest: readonly (readonly number[])[], parts: Partial<ServerView> = {}): ServerView => ({
  ...{ server: 2, reader: 1, step: 1, time: 0, random: seededRandom(7) },
  start: new Float64Array(honest[0]!.length),
  honest: { count: honest.length, vectors: honest.map((each) => Float64Array.from(each)) },
  ...parts,
});

/** What a lie makes of an honest vector. */
export const told = (lie: ServerLie, view: ServerView, own?: readonly number[]): readonly number[] => {
  const out = Float64Array.from(own ?? view.start);
  lie(view, out);
  return [...out];
};

/** A vector's Euclidean length. */
export const length = (vector: readonly number[]): number => Math.hypot(...vector);

/** a − b. */
export const minus = (a: readonly number[], b: readonly number[]): readonly number[] =>
  a.map((value, k) => value - b[k]!);
