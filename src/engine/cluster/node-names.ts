import { setOf } from '../../registry/workers.js';

const named = (what: string, ids: readonly number[]): readonly string[] =>
  ids.length === 0 ? [] : [`${what}${ids.length === 1 ? '' : 's'} ${setOf(ids).join(', ')}`];

/** What nodes (from 0, workers first) are called: `workers 1..3 and server 2`. */
export const nodeNames =
  (workers: number) =>
  (nodes: readonly number[]): string =>
    [
      ...named(
        'worker',
        nodes.filter((node) => node < workers).map((node) => node + 1),
      ),
      ...named(
        'server',
        nodes.filter((node) => node >= workers).map((node) => node - workers + 1),
      ),
    ].join(' and ');
