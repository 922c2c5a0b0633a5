import { arrivedReasons, type DropReason, type SimulationEvent } from '../engine/event.js';
import type { Reader } from './reader.js';

/** What went over the network, since the run began. */
export interface Traffic {
  /** Models that left the server. */
  readonly models: number;
  /** Messages that the server received, and used. */
  readonly messages: number;
  /** Messages with which nothing was done, by reason. */
  readonly dropped: Partial<Readonly<Record<DropReason, number>>>;
  /** Bytes that left the server; present if sizes were given. */
  readonly bytesDown?: number;
  /** Bytes that reached the server, used or not. */
  readonly bytesUp?: number;
}

/** Bytes of a model that is sent to a worker, and of a message whose event doesn't say how many it has. */
export interface MessageSizes {
  readonly model: number;
  readonly message: number;
}

export interface TrafficState extends Pick<Traffic, 'models' | 'messages' | 'dropped'> {
  /** Messages that reached the server with a size of their own, and their bytes; present where there were any. */
  readonly sized?: { readonly messages: number; readonly bytes: number };
}

/** Counts models, messages and bytes. */
export const traffic = (sizes?: MessageSizes, from?: TrafficState): Reader<Traffic, TrafficState> => {
  let models = from?.models ?? 0;
  let messages = from?.messages ?? 0;
  const dropped: Partial<Record<DropReason, number>> = { ...from?.dropped };
  let sized = from?.sized;
  const counts = () => ({ models, messages, dropped: { ...dropped } });
  const weigh = ({ bytes }: Extract<SimulationEvent, { readonly kind: 'received' | 'dropped' }>): void => {
    if (bytes !== undefined) sized = { messages: (sized?.messages ?? 0) + 1, bytes: (sized?.bytes ?? 0) + bytes };
  };
  return {
    update: (event) => {
      if (event.kind === 'received' || event.kind === 'dropped') weigh(event);
      if (event.kind === 'assigned') models += 1;
      else if (event.kind === 'received') messages += 1;
      else if (event.kind === 'dropped') dropped[event.reason] = (dropped[event.reason] ?? 0) + 1;
    },
    result: () => {
      if (!sizes) return counts();
      const reached = arrivedReasons.reduce((sum, reason) => sum + (dropped[reason] ?? 0), messages);
      const usual = reached - (sized?.messages ?? 0);
      const bytesUp = usual * sizes.message + (sized?.bytes ?? 0);
      return { ...counts(), bytesDown: models * sizes.model, bytesUp };
    },
    state: () => ({ ...counts(), ...(sized && { sized }) }),
  };
};
