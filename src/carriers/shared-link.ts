import type { Carrier, CarrierRule } from '../engine/index.js';
import { transmission, type Delay } from '../network/index.js';
import type { SimulationTime } from '../scheduler/time.js';
import { checkedSpan, spanOf, startDelays } from './span.js';

export interface SharedLinkOptions {
  /** How long each worker's (from 0) model or message occupies the link. */
  readonly service: (worker: number) => Delay;
  /** Bytes per virtual second: messages occupy the link by their sizes then, where the run tells these, and not for `service`. */
  readonly capacity?: number | undefined;
  /** What goes through it. */
  readonly phase: 'download' | 'upload' | 'both';
  /** `full`: models and messages have a queue each; `half`: they share one. */
  readonly duplex: 'full' | 'half';
}

/**
 * The server's link, which all share: one at a time, first come, first served. A model enters its queue when it leaves the
 * server; a message, when it has come all the way from its worker. The time in the queue and in service comes on top of theirs.
 * With Poisson arrivals and exponential service times it is the queue M/M/1 (Kleinrock, Queueing Systems 1, 1975, section 3.2).
 */
export const sharedLink =
  ({ service, capacity, phase, duplex }: SharedLinkOptions): CarrierRule =>
  ({ clock, random, bytesOf }): Carrier => {
    /** When each queue will be empty. */
    const free = new Float64Array(2);
    const streams = { download: random.fork('network/link/download'), upload: random.fork('network/link/upload') };
    const begin = (name: 'download' | 'upload') =>
      startDelays(service, (worker) => streams[name].fork(`worker ${worker + 1}`));
    const services = { download: begin('download'), upload: begin('upload') };
    const occupied = (worker: number, name: 'download' | 'upload', start: SimulationTime): SimulationTime =>
      name === 'upload' && capacity !== undefined && bytesOf !== undefined
        ? checkedSpan(transmission(bytesOf(worker), capacity))
        : spanOf(services[name](worker), streams[name], start);
    const pass = (worker: number, name: 'download' | 'upload'): SimulationTime => {
      const queue = duplex === 'half' || name === 'download' ? 0 : 1;
      const now = clock.now();
      const start = Math.max(now, free[queue]!);
      const end = start + occupied(worker, name, start);
      free[queue] = end;
      return end - now;
    };
    return {
      ...(phase === 'upload'
        ? {}
        : { verdict: (worker, name) => (name === 'download' ? { delay: pass(worker, name), cause: 'link' } : null) }),
      ...(phase === 'download' ? {} : { arriving: (worker: number) => pass(worker, 'upload') }),
    };
  };
