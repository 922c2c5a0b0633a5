import { transmission } from '../../network/bandwidth.js';
import type { SimulationTime } from '../../scheduler/time.js';

/** Bytes per virtual second that a node's line puts through, > 0, in each direction; without limit, unless given. */
export interface LineRate {
  readonly up?: number | undefined;
  readonly down?: number | undefined;
}

/** Every node's line to the network: what it sends, and what it is sent, queues there, first come, first served, each way for itself. */
export class Lines {
  /** When each node's line will be free again, up and down. */
  readonly #free: Float64Array;

  constructor(readonly rates: readonly LineRate[]) {
    this.#free = new Float64Array(2 * rates.length);
  }

  /** How long it takes from now until a node has put so many bytes on its way. */
  leave(node: number, bytes: number, now: SimulationTime): SimulationTime {
    return this.#pass(2 * node, this.rates[node]!.up, bytes, now);
  }

  /** How long it takes from now until so many bytes, which have come as far as a node's line, are there. */
  enter(node: number, bytes: number, now: SimulationTime): SimulationTime {
    return this.#pass(2 * node + 1, this.rates[node]!.down, bytes, now);
  }

  #pass(line: number, rate: number | undefined, bytes: number, now: SimulationTime): SimulationTime {
    if (rate === undefined) return 0;
    const end = Math.max(now, this.#free[line]!) + transmission(bytes, rate);
    this.#free[line] = end;
    return end - now;
  }
}
