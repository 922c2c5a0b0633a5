import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Absent, Contender, Peer } from './peer.js';
import { relativeDifference } from './relative-difference.js';
import type { Row } from './row.js';
import { readFloats } from './tasks/files.js';
import type { Task } from './tasks/request.js';
import { inTurns, type Outcome } from './turns.js';

/** What is measured of us, and of the peers. */
export interface Comparison {
  readonly name: string;
  readonly ours: Task;
  /** What peers do meanwhile, and its name; the same unless said. Results are compared only where it is the same. */
  readonly theirs?: { readonly name: string; readonly task: Task };
  /** Calls in a row for one measurement of ours; 1 unless said. */
  readonly calls?: number;
  /** The largest ratio that is allowed, by the peer's name. */
  readonly ratioAtMost?: Readonly<Record<string, number>>;
  /** The most milliseconds that are allowed. */
  readonly atMost?: number;
}

/** What a peer gave. */
export interface Measured {
  readonly peer: Peer;
  readonly seconds: number;
  readonly difference?: number;
}

/** Our seconds, what each peer gave that has the task, and why others gave nothing. */
export interface Compared {
  readonly seconds: number;
  readonly measured: readonly Measured[];
  readonly skipped: readonly Absent[];
}

/** ‖ours − theirs‖ / ‖theirs‖ of two files; no difference where one of them wasn't written. */
const differenceOf = (ours: string, theirs: string): { readonly difference?: number } =>
  existsSync(ours) && existsSync(theirs)
    ? { difference: relativeDifference(readFloats(ours), readFloats(theirs)) }
    : {};

const isHere = (contender: Contender): contender is Peer => 'ask' in contender;

let comparisons = 0;

/**
 * Measures us and the peers in turns; results are compared through files in `folder`. Undefined where we don't have the
 * task; throws an Error where we fail at it.
 */
export const compared = async (
  { name, ours: task, theirs, calls }: Comparison,
  ours: Peer,
  contenders: readonly Contender[],
  folder: string,
): Promise<Compared | undefined> => {
  const peers = contenders.filter(isHere);
  const id = (comparisons += 1);
  const resultOf = (i: number): string | undefined =>
    theirs === undefined && task.task !== 'step' ? join(folder, `result-${id}-${i}.f32`) : undefined;
  const turn = (peer: Peer, i: number) => ({ peer, task: i > 0 && theirs ? theirs.task : task, result: resultOf(i) });
  const [own, ...others] = await inTurns([ours, ...peers].map((peer, i) => ({ ...turn(peer, i), calls })));
  if (own === undefined || 'unknown' in own) return undefined;
  if ('error' in own) throw new Error(`${name}: ${own.error}`);
  const measured: Measured[] = [];
  const skipped = contenders.filter((contender): contender is Absent => !isHere(contender));
  others.forEach((outcome: Outcome, i) => {
    const peer = peers[i]!;
    const skip = (why: string): void => void skipped.push({ name: peer.name, absent: why });
    if ('error' in outcome) skip(`${peer.name} failed: ${outcome.error}`);
    if (!('seconds' in outcome)) return;
    const own = resultOf(0);
    const difference = own ? differenceOf(own, resultOf(i + 1)!) : {};
    if (Number.isNaN(difference.difference)) skip(`the result of ${peer.name} can’t be compared with ours`);
    else measured.push({ peer, seconds: outcome.seconds, ...difference });
  });
  return { seconds: own.seconds, measured, skipped };
};

/** A comparison's rows: one for each peer that has the task, or wasn't here; milliseconds. None where we don't have it. */
export const compare = async (
  comparison: Comparison,
  ours: Peer,
  contenders: readonly Contender[],
  folder: string,
): Promise<readonly Row[]> => {
  const given = await compared(comparison, ours, contenders, folder);
  if (given === undefined) return [];
  const { atMost, ratioAtMost = {}, theirs } = comparison;
  const name = theirs ? `${comparison.name}, beside ${theirs.name}` : comparison.name;
  const value = 1000 * given.seconds;
  const base = { name, value, unit: 'ms' };
  const rows: Row[] = given.measured.map(({ peer, seconds, difference }) => {
    const limit = ratioAtMost[peer.name];
    return {
      ...base,
      ratio: given.seconds / seconds,
      peer: peer.name,
      ...(difference === undefined ? {} : { difference }),
      ...(limit === undefined ? {} : { ratioAtMost: limit }),
    };
  });
  rows.push(...given.skipped.map(({ absent }) => ({ ...base, skipped: absent })));
  if (atMost !== undefined) rows.push({ ...base, atMost });
  return rows.length > 0 ? rows : [base];
};

/** A comparison beside peers and beside ourselves in other forms; these do what we do, whatever the peers do. */
export const compareAll = async (
  comparison: Comparison,
  ours: Peer,
  peers: readonly Contender[],
  ourOthers: readonly Contender[],
  folder: string,
): Promise<readonly Row[]> => {
  const { theirs, ratioAtMost: _, atMost: __, ...same } = comparison;
  if (theirs === undefined) return compare(comparison, ours, [...peers, ...ourOthers], folder);
  const rows = await compare(comparison, ours, peers, folder);
  return ourOthers.length === 0 ? rows : [...rows, ...(await compare(same, ours, ourOthers, folder))];
};
