import type { Delay } from '../../network/link.js';
import type { Random } from '../../random/random.js';
import type { SimulationTime } from '../../scheduler/time.js';
import type { Plan } from '../plan.js';
import { checked } from '../rounds.js';
import { serverNodes } from './plan.js';

interface Leg {
  readonly delay: Delay;
  readonly stream: Random;
}

/**
 * How long messages are under way, but for the lines of those who send and read them: from server to worker and back as the worker's
 * link says, between servers as theirs do; between workers over both their links, up and down. Nodes are numbered from 0. Every pair of nodes draws from
 * a stream of its own; the first server's are those of a run with but one.
 */
export class Ways {
  readonly #legs = new Map<number, readonly Leg[]>();
  readonly #nodes: number;

  constructor(readonly plan: Pick<Plan, 'workers' | 'servers' | 'random'>) {
    this.#nodes = plan.workers.length + (plan.servers ? serverNodes(plan.servers) : 0);
  }

  /** @throws OutOfRangeError when it comes out negative or infinite. */
  draw(from: number, to: number, now: SimulationTime): SimulationTime {
    const key = from * this.#nodes + to;
    let legs = this.#legs.get(key);
    if (legs === undefined) this.#legs.set(key, (legs = this.#make(from, to)));
    let span = 0;
    for (const { delay, stream } of legs) span += checked(delay.sample(stream, now + span));
    return span;
  }

  #make(from: number, to: number): readonly Leg[] {
    const { workers, servers } = this.plan;
    const server = (node: number): number => node - workers.length;
    const suffix = (node: number): string => (server(node) === 0 ? '' : `/server ${server(node) + 1}`);
    if (server(from) >= 0 && server(to) >= 0)
      return [this.#leg(servers!.between, `server ${server(from) + 1}/to server ${server(to) + 1}`)];
    if (server(from) >= 0) return [this.#leg(workers[to]!.link.download, `worker ${to + 1}/download${suffix(from)}`)];
    if (server(to) >= 0) return [this.#leg(workers[from]!.link.upload, `worker ${from + 1}/upload${suffix(to)}`)];
    return [
      this.#leg(workers[from]!.link.upload, `worker ${from + 1}/upload/worker ${to + 1}`),
      this.#leg(workers[to]!.link.download, `worker ${to + 1}/download/worker ${from + 1}`),
    ];
  }

  #leg(delay: Delay, name: string): Leg {
    const stream = this.plan.random.fork(name);
    // What a delay remembers draws from streams below its own.
    return { delay: delay.start?.(stream) ?? delay, stream };
  }
}
