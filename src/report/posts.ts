import type { Content, DeliveredEvent, Outcome, PostedEvent } from '../engine/event.js';
import type { Reader } from './reader.js';

type Outcomes = Partial<Readonly<Record<Content, Partial<Readonly<Record<Outcome, number>>>>>>;

/** What several servers, and workers, have sent to each other, lost or not. */
export interface Posts {
  /** Models that went from servers to workers. */
  readonly models: number;
  /** Messages of all kinds, among all nodes. */
  readonly posted: number;
  /** Bytes from servers to workers, from workers to servers, and between two servers or two workers. */
  readonly bytesDown: number;
  readonly bytesUp: number;
  readonly bytesBetween: number;
  /** Messages that reached their node, by what they held and what became of them. */
  readonly delivered: Outcomes;
}

export interface PostsState extends Posts {
  /** Nodes up to this one are workers. */
  readonly workers: number;
}

/** Counts what is posted where there may be several servers; undefined in other runs. */
export const posts = (from?: PostsState): Reader<Posts | undefined, PostsState | undefined> => {
  let workers = from?.workers ?? 0;
  let several = from !== undefined;
  let [models, posted] = [from?.models ?? 0, from?.posted ?? 0];
  let [bytesDown, bytesUp, bytesBetween] = [from?.bytesDown ?? 0, from?.bytesUp ?? 0, from?.bytesBetween ?? 0];
  const delivered: Partial<Record<Content, Partial<Record<Outcome, number>>>> = {};
  for (const content of ['model', 'gradient', 'aggregate', 'request'] as const)
    if (from?.delivered[content]) delivered[content] = { ...from.delivered[content] };
  const post = ({ from: sender, to, content, bytes }: PostedEvent): void => {
    const [up, down] = [sender <= workers, to <= workers];
    posted += 1;
    if (up === down) bytesBetween += bytes;
    else if (up) bytesUp += bytes;
    else bytesDown += bytes;
    if (down && !up && content === 'model') models += 1;
  };
  const deliver = ({ content, outcome }: DeliveredEvent): void => {
    const counts = (delivered[content] ??= {});
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  };
  const result = (): Posts | undefined =>
    several
      ? { ...{ models, posted, bytesDown, bytesUp, bytesBetween }, delivered: structuredClone(delivered) }
      : undefined;
  return {
    update: (event) => {
      if (event.kind === 'started' && event.servers !== undefined) {
        ({ workers } = event);
        several = true;
      } else if (!several) return;
      else if (event.kind === 'posted') post(event);
      else if (event.kind === 'delivered') deliver(event);
    },
    result,
    state: () => {
      const counts = result();
      return counts && { ...counts, workers };
    },
  };
};
