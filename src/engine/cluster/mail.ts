import type { VirtualTimeScheduler } from '../../scheduler/virtual-time-scheduler.js';
import type { SimulationTime } from '../../scheduler/time.js';
import type { Carrier, CarrierRule } from '../carrier.js';
import type { PostedEvent } from '../event.js';
import { Passage } from '../passage.js';
import type { Plan } from '../plan.js';
import type { TransportContext } from '../transport.js';
import type { Letter } from './letter.js';
import { Lines, type LineRate } from './lines.js';
import { serverNodes } from './plan.js';
import { Ways } from './ways.js';

/** Whom the mail tells. */
export interface MailContext extends Pick<TransportContext, 'clock' | 'byzantine' | 'dimension' | 'precision'> {
  readonly clock: VirtualTimeScheduler;
  readonly plan: Plan;
  /** A letter is on its way; `span` is how long, Infinity if it is lost. */
  readonly posted: (event: PostedEvent) => void;
  /** A letter is there; `copy` if it is there already. Whoever is told holds its sheet. */
  readonly delivered: (letter: Letter, copy: boolean) => void;
  /** A letter will never be there. */
  readonly lost: (letter: Letter) => void;
}

/** What stands in the way of a server's letters: asked on their way, and at its door. */
interface Door {
  readonly passage: Passage;
  readonly carriers: readonly Carrier[];
}

/** Who is outside a door, so many, and what stands in their way. */
interface Outside extends Pick<TransportContext, 'byzantine'> {
  readonly rules: readonly CarrierRule[];
  readonly count: number;
}

/** A letter under way, in so many bytes, sent for the `attempt`th time, from 0. */
interface Parcel {
  readonly letter: Letter;
  readonly bytes: number;
  readonly attempt: number;
  readonly copy: boolean;
}

/**
 * Carries letters between nodes (numbered from 0) in virtual time: over their lines, which take time for every byte, and ways, which
 * take the time that links say. Each server has carriers of its own for what is between it and workers, and others for what other
 * servers send it; where workers are each other's servers, they all have the same. What is lost is sent again as the plan's `retry` says.
 */
export class Mail {
  readonly #ways: Ways;
  readonly #lines: Lines;
  readonly #toWorkers: readonly Door[];
  readonly #toServers: readonly Door[];
  /** Between workers, where these are each other's servers. */
  readonly #peers: Door;

  constructor(readonly context: MailContext) {
    const { plan } = context;
    const { workers, servers } = plan;
    this.#ways = new Ways(plan);
    const { members = [], carriers = [], carriersBetween = [], line = {} } = servers ?? {};
    const others = servers ? serverNodes(servers) : 0;
    this.#lines = new Lines([...workers, ...new Array<LineRate>(others).fill(line)]);
    const { byzantine } = context;
    const toWorkers = { rules: carriers, count: workers.length, byzantine };
    const toServers = {
      ...{ rules: carriersBetween, count: others },
      byzantine: (server: number) => members[server]?.byzantine === true,
    };
    const numbers = Array.from({ length: others }, (_, server) => server + 1);
    this.#toWorkers = numbers.map((number) => this.#door(toWorkers, `server ${number}`));
    this.#toServers = numbers.map((number) => this.#door(toServers, `between/server ${number}`));
    this.#peers = this.#door(toWorkers, 'peers');
  }

  /** Sends a letter of so many bytes. */
  send(letter: Letter, bytes: number): void {
    this.#send({ letter, bytes, attempt: 0, copy: false });
  }

  #send(parcel: Parcel): void {
    const { letter, bytes } = parcel;
    const { from, to, content, step } = letter;
    const { clock, posted } = this.context;
    const now = clock.now();
    const leaving = this.#lined(from, to) ? this.#lines.leave(from, bytes, now) : 0;
    const passage = this.#ask(from, to, leaving + this.#ways.draw(from, to, now + leaving));
    const lost = passage.dropped !== undefined;
    const span = lost ? Infinity : passage.span;
    posted({ kind: 'posted', time: now, from: from + 1, to: to + 1, content, step, bytes, span });
    if (lost) this.#lose(parcel);
    else {
      this.#arriveIn(passage.span, parcel);
      for (const later of passage.copies) this.#arriveIn(passage.span + later, { ...parcel, copy: true });
    }
  }

  /** Whether a node has a line for what is between it and another: workers have, servers only for each other. */
  #lined(node: number, other: number): boolean {
    const { length } = this.context.plan.workers;
    return node < length || other >= length;
  }

  #ask(from: number, to: number, span: SimulationTime): Passage {
    const { length } = this.context.plan.workers;
    const [sender, reader] = [from - length, to - length];
    if (sender >= 0 && reader >= 0) this.#toServers[reader]!.passage.ask(sender, 'upload', span);
    else if (sender >= 0) this.#toWorkers[sender]!.passage.ask(to, 'download', span);
    else if (reader >= 0) this.#toWorkers[reader]!.passage.ask(from, 'upload', span);
    else this.#peers.passage.askBetween(from, to, span);
    if (sender >= 0 && reader >= 0) return this.#toServers[reader]!.passage;
    return sender < 0 && reader < 0 ? this.#peers.passage : this.#toWorkers[Math.max(sender, reader)]!.passage;
  }

  #lose(parcel: Parcel): void {
    const { retry = [] } = this.context.plan.servers ?? {};
    const wait = parcel.attempt + 1 < retry.length ? retry[parcel.attempt] : undefined;
    if (wait === undefined) this.context.lost(parcel.letter);
    else
      this.context.clock.schedule<Parcel>((again) => this.#send(again), wait, {
        ...parcel,
        attempt: parcel.attempt + 1,
      });
  }

  /** A parcel comes as far as the reader's line in so long, and is there when that has put it through. */
  #arriveIn(span: SimulationTime, parcel: Parcel): void {
    this.context.clock.schedule<Parcel>((there) => this.#arrive(there), span, parcel);
  }

  #arrive(parcel: Parcel): void {
    const { letter, bytes } = parcel;
    const { clock } = this.context;
    const entering = this.#lined(letter.to, letter.from) ? this.#lines.enter(letter.to, bytes, clock.now()) : 0;
    const span = entering + this.#queue(letter);
    if (span === 0) this.context.delivered(letter, parcel.copy);
    else clock.schedule<Parcel>((there) => this.context.delivered(there.letter, there.copy), span, parcel);
  }

  /** How long a worker's letter waits at the server's door. */
  #queue({ from, to }: Letter): SimulationTime {
    const { length } = this.context.plan.workers;
    let span = 0;
    if (to >= length && from < length)
      for (const carrier of this.#toWorkers[to - length]!.carriers) span += carrier.arriving?.(from) ?? 0;
    return span;
  }

  #door({ rules, count, byzantine }: Outside, name: string): Door {
    const { clock, plan, dimension, precision } = this.context;
    const context: TransportContext = {
      ...{ clock, dimension, precision, workers: count, byzantine },
      // The first server's draws are those of a run with but one.
      random: name === 'server 1' ? plan.random : plan.random.fork(name),
      ...{ delayed: () => undefined, lost: () => undefined, freed: () => undefined, copied: () => undefined },
      ...{ soon: () => undefined, available: () => undefined, returned: () => undefined },
    };
    const carriers = rules.map((rule) => rule(context));
    return { carriers, passage: new Passage(carriers) };
  }
}
