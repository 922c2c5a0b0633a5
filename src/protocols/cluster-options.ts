import { z } from 'zod';
import type { Members } from '../engine/index.js';
import { areByzantine, thereAre } from './there-are.js';

/** How many Byzantine workers and servers a protocol withstands, and how many messages it waits for. */
export interface QuorumOptions {
  /** Byzantine workers withstood; as many as there are, unless given. */
  readonly f?: number | undefined;
  /** Gradients with which a server steps; all but f, unless given. */
  readonly quorum?: number | undefined;
  /** Byzantine servers withstood; as many as there are, unless given. */
  readonly fServers?: number | undefined;
  /** Models with which a node goes on; all but fServers, unless given. */
  readonly quorumServers?: number | undefined;
}

const most = 1e6;

export const quorumParameters = {
  f: z.int().min(0).max(most).optional().describe('Byzantine workers withstood; as many as there are unless given'),
  quorum: z
    .int()
    .min(1)
    .max(most)
    .optional()
    .describe('gradients with which a server steps, the first received; all but f unless given'),
  fServers: z
    .int()
    .min(0)
    .max(most)
    .optional()
    .describe('Byzantine servers withstood; as many as there are unless given'),
  quorumServers: z
    .int()
    .min(1)
    .max(most)
    .optional()
    .describe('models with which a node goes on, the first received; all but fServers unless given'),
};

/** Workers or servers: how many there are, how many of them are Byzantine, and what the protocol makes of that. */
export interface Side {
  readonly n: number;
  readonly byzantine: number;
  readonly f: number;
  readonly quorum: number;
}

/** Workers or servers, defaults filled in. */
export const sideOf = (
  all: readonly { readonly byzantine: boolean }[],
  f: number | undefined,
  quorum: number | undefined,
): Side => {
  const byzantine = all.filter((each) => each.byzantine).length;
  const withstood = f ?? byzantine;
  return { n: all.length, byzantine, f: withstood, quorum: quorum ?? Math.max(1, all.length - withstood) };
};

/** Both sides, defaults filled in. */
export const sidesOf = (
  { f, quorum, fServers, quorumServers }: QuorumOptions,
  { workers, servers }: Members,
): { readonly workers: Side; readonly servers: Side } => ({
  workers: sideOf(workers, f, quorum),
  servers: sideOf(servers, fServers, quorumServers),
});

/** Refuses quorums that can't fill whoever is honest. @throws RangeError with one sentence. */
export const requireQuorums = ({ workers, servers }: ReturnType<typeof sidesOf>): void => {
  if (workers.quorum > workers.n)
    throw new RangeError(`quorum is ${workers.quorum}, but ${thereAre(workers.n, 'workers')}`);
  if (servers.quorum > servers.n)
    throw new RangeError(`quorumServers is ${servers.quorum}, but ${thereAre(servers.n, 'servers')}`);
};

/** The sentence on more Byzantine ones than are withstood. */
export const tooMany = ({ byzantine, f }: Side, who: 'workers' | 'servers'): readonly string[] =>
  byzantine > f
    ? [`${areByzantine(byzantine, who)}, and ${who === 'workers' ? 'f' : 'fServers'}, of which it withstands, is ${f}`]
    : [];
