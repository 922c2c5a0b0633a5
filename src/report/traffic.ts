import { arrivedReasons, type DropReason, type SimulationEvent } from '../engine/event.js';
import { type Posts, posts, type PostsState } from './posts.js';
import type { Reader } from './reader.js';

/** What went over the network, since the run began. */
export interface Traffic {
  /** Models that left the server; of several, for workers. */
  readonly models: number;
  /** Messages that the server received, and used; of several, the first honest one. */
  readonly messages: number;
  /** Messages with which nothing was done, by reason. */
  readonly dropped: Partial<Readonly<Record<DropReason, number>>>;
  /** Bytes that left the server; present if sizes were given. */
  readonly bytesDown?: number;
  /** Bytes that reached the server, used or not; of several, all that were sent to them by workers. */
  readonly bytesUp?: number;
  /** Of several servers: bytes between them, messages among all nodes, and what became of those that were delivered. */
  readonly bytesBetween?: number;
  readonly posted?: number;
  readonly delivered?: Posts['delivered'];
}

/** Bytes of a model that is sent to a worker, and of a message whose event doesn't say how many it has. */
export interface MessageSizes {
  readonly model: number;
  readonly message: number;
}

export interface TrafficState extends Pick<Traffic, 'models' | 'messages' | 'dropped'> {
  /** Messages that reached the server with a size of their own, and their bytes; present where there were any. */
  readonly sized?: { readonly messages: number; readonly bytes: number };
  /** Of several servers. */
  readonly posts?: PostsState;
}

/** Counts models, messages and bytes. */
export const traffic = (sizes?: MessageSizes, from?: TrafficState): Reader<Traffic, TrafficState> => {
  let models = from?.models ?? 0;
  let messages = from?.messages ?? 0;
  const dropped: Partial<Record<DropReason, number>> = { ...from?.dropped };
  let sized = from?.sized;
  const several = posts(from?.posts);
  const counts = () => ({ models, messages, dropped: { ...dropped } });
  const weigh = ({ bytes }: Extract<SimulationEvent, { readonly kind: 'received' | 'dropped' }>): void => {
    if (bytes !== undefined) sized = { messages: (sized?.messages ?? 0) + 1, bytes: (sized?.bytes ?? 0) + bytes };
  };
  return {
    update: (event) => {
      several.update(event);
      if (event.kind === 'received' || event.kind === 'dropped') weigh(event);
      if (event.kind === 'assigned') models += 1;
      else if (event.kind === 'received') messages += 1;
      else if (event.kind === 'dropped') dropped[event.reason] = (dropped[event.reason] ?? 0) + 1;
    },
    result: () => {
      const posted = several.result();
      if (posted) return { ...counts(), ...posted };
      if (!sizes) return counts();
      const reached = arrivedReasons.reduce((sum, reason) => sum + (dropped[reason] ?? 0), messages);
      const usual = reached - (sized?.messages ?? 0);
      const bytesUp = usual * sizes.message + (sized?.bytes ?? 0);
      return { ...counts(), bytesDown: models * sizes.model, bytesUp };
    },
    state: () => {
      const state = several.state();
      return { ...counts(), ...(sized && { sized }), ...(state && { posts: state }) };
    },
  };
};
