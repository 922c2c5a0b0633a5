import type { SimulationTime } from '../scheduler/time.js';
import type { Carrier } from './carrier.js';
import type { DropReason } from './event.js';
import { Passage } from './passage.js';
import type { Retry } from './retry.js';
import type { TransportContext } from './transport.js';

/** What became of what left: it is under way for `span`; or it is lost. */
export type Sent = { readonly span: SimulationTime } | { readonly lost: DropReason };

/** Models and messages that leave, asked of carriers, and how often each was lost. Workers are numbered from 0. */
export class Sendings {
  /** How often what is under way was lost. */
  readonly #losses: Uint8Array;
  /** How long after the message each of its copies comes; undefined when none does. */
  readonly #copies: (readonly SimulationTime[] | undefined)[];
  readonly #passage: Passage;

  constructor(
    readonly context: TransportContext,
    carriers: readonly Carrier[],
    readonly retry: Retry,
  ) {
    const { workers } = context;
    this.#losses = new Uint8Array(workers);
    this.#copies = new Array<readonly SimulationTime[] | undefined>(workers).fill(undefined);
    this.#passage = new Passage(carriers);
  }

  /** What leaves next leaves for the first time. */
  begin(worker: number): void {
    this.#losses[worker] = 0;
  }

  /** A model or a message leaves that takes `span`: whatever carriers say of it is told once it is known that it will come. */
  leave(worker: number, name: 'download' | 'upload', span: SimulationTime): Sent {
    const passage = this.#passage;
    passage.ask(worker, name, span);
    this.#copies[worker] = passage.copies.length === 0 ? undefined : [...passage.copies];
    if (passage.dropped !== undefined) return { lost: passage.dropped };
    for (const { delay, cause } of passage.delays) this.context.delayed(worker, name, delay, cause);
    return passage;
  }

  /** How long whoever sent what was just lost waits, before it is sent `again` or, after the last wait, given up; undefined: for ever. */
  wait(worker: number, reason: DropReason): { readonly span: SimulationTime; readonly again: boolean } | undefined {
    const span = reason === 'lost' ? this.retry[this.#losses[worker]!++] : undefined;
    return span === undefined ? undefined : { span, again: this.#losses[worker]! < this.retry.length };
  }

  /** A message arrives: so do its copies, later. */
  arrive(worker: number): void {
    for (const span of this.#copies[worker] ?? []) this.context.copied(worker, span);
  }
}
