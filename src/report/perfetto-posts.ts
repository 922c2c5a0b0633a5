import type { DeliveredEvent, PostedEvent, StartedEvent } from '../engine/event.js';
import { instant, MICROSECONDS, SERVERS, type TraceEvent, WORKERS } from './perfetto-event.js';

/**
 * Draws messages among several servers and workers: on its sender's track that it leaves, on its receiver's what becomes of it, and
 * in between a slice beside the receiver's tracks, since many are under way at once. One that is lost has no slice.
 */
export class PerfettoPosts {
  #workers = 0;
  #servers = 0;
  #posted = 0;

  started({ workers, servers = 0 }: StartedEvent): void {
    this.#workers = workers;
    this.#servers = servers;
  }

  posted({ time, from, to, content, step, bytes, span }: PostedEvent): readonly TraceEvent[] {
    const args = { from: this.#nameOf(from), to: this.#nameOf(to), step, bytes };
    const sent = instant(`sends ${content}`, time, ...this.#trackOf(from), args);
    // JSON knows no Infinity: in a trace that was written it is null.
    if (!Number.isFinite(span)) return [{ ...sent, name: `loses ${content}` }];
    const [pid, tid] = this.#trackOf(to);
    const id = (this.#posted += 1);
    const slice = { name: `${content} under way`, cat: 'message', id, pid, tid };
    return [
      sent,
      { ...slice, ph: 'b', ts: time * MICROSECONDS, args },
      { ...slice, ph: 'e', ts: (time + span) * MICROSECONDS },
    ];
  }

  delivered({ time, from, to, content, step, outcome }: DeliveredEvent): readonly TraceEvent[] {
    const args = { from: this.#nameOf(from), step, outcome };
    return [instant(`${content}: ${outcome}`, time, ...this.#trackOf(to), args)];
  }

  #trackOf(node: number): readonly [pid: number, tid: number] {
    return node <= this.#workers ? [WORKERS, node] : [SERVERS, node - this.#workers];
  }

  #nameOf(node: number): string {
    const server = node - this.#workers;
    if (server > this.#servers) return 'root';
    return server <= 0 ? `worker ${node}` : `server ${server}`;
  }
}
