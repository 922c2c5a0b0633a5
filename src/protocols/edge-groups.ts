import type { Members } from '../engine/index.js';
import { sideOf, tooMany, type QuorumOptions, type Side } from './cluster-options.js';
import { thereAre } from './there-are.js';

/** Options of the star with edge aggregators; f and quorum are about each edge's group. */
export interface EdgeOptions extends QuorumOptions {
  /** How workers are dealt to edges, evenly: in turn, or in a row each. */
  readonly groups?: 'round-robin' | 'contiguous' | undefined;
}

/** The workers of each edge, from 0: groups differ by one worker at most. */
export const dealt = (kind: EdgeOptions['groups'], workers: number, edges: number): readonly (readonly number[])[] => {
  const ids = Array.from({ length: workers }, (_, worker) => worker);
  return Array.from({ length: edges }, (_, edge) =>
    kind === 'contiguous'
      ? ids.slice(Math.ceil((edge * workers) / edges), Math.ceil(((edge + 1) * workers) / edges))
      : ids.filter((worker) => worker % edges === edge),
  );
};

/** Each edge's group, and the edges, defaults filled in. */
export interface Star {
  readonly groups: readonly (Side & { readonly workers: readonly number[]; readonly edgeIsByzantine: boolean })[];
  readonly edges: Side;
}

/**
 * The star that options make of members. f, unless given, is the largest number of Byzantine workers in a group whose edge is
 * honest: what a Byzantine edge makes of its group doesn't matter.
 */
export const starOf = ({ f, quorum, fServers, quorumServers, groups }: EdgeOptions, members: Members): Star => {
  const { workers, servers } = members;
  const groupsDealt = dealt(groups, workers.length, servers.length);
  const liarsIn = (group: readonly number[]): number => group.filter((worker) => workers[worker]!.byzantine).length;
  const most = Math.max(0, ...groupsDealt.map((group, edge) => (servers[edge]!.byzantine ? 0 : liarsIn(group))));
  return {
    groups: groupsDealt.map((group, edge) => ({
      ...sideOf(
        group.map((worker) => workers[worker]!),
        f ?? most,
        quorum,
      ),
      workers: group,
      edgeIsByzantine: servers[edge]!.byzantine,
    })),
    edges: sideOf(servers, fServers, quorumServers),
  };
};

/** Refuses stars in which quorums can't fill whoever is honest. @throws RangeError with one sentence. */
export const requireStar = ({ groups, edges }: Star): void => {
  groups.forEach(({ n, quorum }, edge) => {
    if (n === 0) throw new RangeError(`server ${edge + 1} has no workers; there must be as many workers as servers`);
    if (quorum > n) throw new RangeError(`quorum is ${quorum}, but server ${edge + 1} has ${n} workers`);
  });
  if (edges.quorum > edges.n)
    throw new RangeError(`quorumServers is ${edges.quorum}, but ${thereAre(edges.n, 'servers')}`);
};

/** Why what is read isn't surely in the hands of the honest, or may never be there. */
const sideOutside = (who: string, quorums: string, { n, f, quorum }: Side): readonly string[] => [
  ...(quorum >= 2 * f + 1
    ? []
    : [
        `${who} needs ${quorums} >= 2 f + 1, which is ${2 * f + 1}, so that most of what it reads is honest; it is ${quorum}`,
      ]),
  ...(quorum <= n - f
    ? []
    : [
        `${who} needs ${quorums} <= n − f, which is ${n - f}, so that liars who keep silent can’t stop it; it is ${quorum}`,
      ]),
];

/** What the majorities of the honest ask that doesn't hold: in each group whose edge is honest, and among edges. */
export const outsideStar = ({ groups, edges }: Star): readonly string[] => [
  ...groups.flatMap((group, edge) => {
    if (group.edgeIsByzantine) return [];
    const { byzantine, f } = group;
    return [
      ...sideOutside(`server ${edge + 1}`, 'a quorum', group),
      ...(byzantine > f
        ? [`${byzantine} workers of server ${edge + 1} are Byzantine, and f, of which it withstands, is ${f}`]
        : []),
    ];
  }),
  ...sideOutside('the root', 'quorumServers', edges),
  ...tooMany(edges, 'servers'),
];
