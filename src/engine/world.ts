import { filter, merge, Subject, type Observable } from 'rxjs';
import type { VirtualTimeScheduler } from '../scheduler/virtual-time-scheduler.js';
import { Admission } from './admission.js';
import { computesOf } from './computes.js';
import { Copies } from './copies.js';
import type { Datagrams } from './datagrams.js';
import { arrivedReasons, type DropReason, type SimulationEvent } from './event.js';
import type { Fetched } from './fetched.js';
import { Forger } from './forger.js';
import { Gathered, type Gathers } from './gathered.js';
import { messageMaker, type MessageMaker } from './message-maker.js';
import { makeDatagrams } from './make-datagrams.js';
import { MessageSizes } from './message-sizes.js';
import type { Plan } from './plan.js';
import { instantRound, Rounds } from './rounds.js';
import { Server } from './server.js';
import { Teller } from './teller.js';
import { directTransport, type Round, type Transport } from './transport.js';
import type { WorkerColumn } from './worker-rows.js';

/**
 * A run's server and workers in virtual time. Protocols move it by four verbs: `assign` sends the model to a worker,
 * `receive` takes its message, `aggregate` combines what the server holds, `update` moves the model.
 * Workers are numbered from 0 here; events name them from 1.
 */
export class World extends Server {
  /** Where a protocol gathers messages, if it does. */
  readonly gathered: Gathered;
  /** Steps inside the model that each worker was sent last. */
  readonly #versions: WorkerColumn;
  /** Messages that each worker has delivered, whether they count or not. */
  readonly #delivered: WorkerColumn;
  readonly #teller: Teller;
  readonly #maker: MessageMaker;
  readonly #sizes: MessageSizes;
  readonly #forger: Forger | undefined;
  readonly #rounds: Rounds;
  readonly #admission: Admission;
  readonly #transport: Transport;
  readonly #copies: Copies | undefined;
  readonly #datagrams: Datagrams | undefined;
  readonly #computes: (worker: number) => boolean;
  readonly #freed = new Subject<number>();
  readonly #returned = new Subject<number>();
  /** What is fetched for workers whose turns come soon. */
  readonly #fetched: readonly Fetched[];
  /** Written only, so that what is fetched is read at all. */
  protected read = 0;

  /** @throws RangeError when the method refuses the starting point. */
  constructor(
    plan: Plan,
    clock: VirtualTimeScheduler,
    emit: (event: SimulationEvent) => void,
    /** What the protocol gathers for the aggregator, in place of the latest of all workers. */
    gathers?: Gathers,
    /** Whether somebody looks at the latest vectors of workers beside the run. */
    watched = true,
  ) {
    super(plan, clock, emit, gathers, watched);
    const { workers, attack, random } = plan;
    const { kernels, objective, model, byzantine } = this;
    const { dimension, precision } = objective;
    const teller = (this.#teller = new Teller(this, emit));
    this.#versions = this.rows.column();
    this.#delivered = this.rows.column();
    const length = dimension * this.parts.count;
    this.gathered = new Gathered(kernels.memory, precision, gathers ?? { rows: 0, copies: 0 }, length, this.inbox);
    if (attack.kind === 'vector') this.#forger = new Forger(attack, this, gathers && this.gathered);
    if (plan.copies)
      this.#copies = new Copies(clock, workers.length, plan.copies, (worker, version, bytes) => {
        teller.dropped(worker, version, 'duplicate', bytes);
      });
    this.#datagrams = makeDatagrams(this);
    this.#transport = (plan.transport ?? directTransport)({
      ...{ clock, workers: workers.length, random, dimension, precision },
      byzantine: (worker) => byzantine.members[worker] === 1,
      bytesOf: (worker) => this.#sizes.of(worker),
      incomplete: (worker) => this.#datagrams?.leaves(worker) ?? false,
      delayed: (...delay) => teller.delayed(...delay),
      lost: (worker, reason) => this.discard(worker, reason),
      freed: (worker) => this.#freed.next(worker),
      returned: (worker) => this.#returned.next(worker),
      copied: (worker, span) =>
        this.#copies?.expect(worker, this.#versions.of(worker), this.#sizes.unusual(worker), span),
      soon: (ids, count) => {
        for (const each of this.#fetched) this.read += each.fetch(ids, count);
      },
      available: (worker, available) => {
        this.idle += 1;
        teller.available(worker, available);
      },
    });
    this.#rounds = new Rounds(
      workers.map(({ link }) => link),
      random,
      this.rows,
      this.#transport.work?.bind(this.#transport),
    );
    this.#admission = new Admission(plan, { dimension, precision, kernels, objective, model });
    // Last, since it may hold threads, which nobody would end if anything here failed.
    this.#maker = messageMaker(this, this.rows);
    this.#sizes = new MessageSizes(plan, this.#maker.sizes, objective, (worker) => void this.#finish(worker));
    this.#computes = computesOf(plan, byzantine, this.#sizes.needMessages);
    this.rows.seal();
    this.#fetched = [this.rows, this.inbox, this.#rounds, this.samples];
  }

  /** How rounds are carried. */
  get transport(): Transport {
    return this.#transport;
  }

  /** The workers (numbered from 0) whose messages reach the server, each at the instant when it does. */
  get arrivals(): Observable<number> {
    const { arrivals: all } = this.#transport;
    const arrivals = this.#forger?.silences ? all.pipe(filter((worker) => !this.#mutes(worker))) : all;
    return this.#copies ? merge(arrivals, this.#copies.arrivals) : arrivals;
  }

  /** The workers (numbered from 0) whose rounds came to nothing, each at the instant when it asks for a model again. */
  get freed(): Observable<number> {
    return this.#freed;
  }

  /** The workers (numbered from 0) that have come back, each at the instant when it does. */
  get returns(): Observable<number> {
    return this.#returned;
  }

  /**
   * Sends the model to a worker, whose message will be among `arrivals`; nobody is sent any more work once the run is done, nor
   * in answer to a copy.
   */
  send(worker: number): void {
    if (!this.done && this.#copies?.serving !== worker)
      this.#transport.dispatch(
        worker,
        this.assign(worker, this.#rounds.draw(worker, this.now, this.#maker.spans(worker))),
      );
  }

  /**
   * Sends a worker on whose message was served. Where the policy's round has ended with it, the work of all others is called
   * off, and they are sent the model as well; whoever had nothing under way gets it when it asks.
   */
  sendOn(worker: number): void {
    if (this.done || !this.#admission.over()) {
      this.send(worker);
      return;
    }
    const others = this.plan.workers.length;
    for (let each = 0; each < others; each++)
      if (each === worker || this.#transport.recall(each, 'late')) this.send(each);
  }

  /**
   * Settles a worker's message, which is written to `inbox.outgoing(worker)`, for a round that takes no time unless it is given.
   * Whoever calls this sees to the message's arrival. Returns the round.
   */
  assign(worker: number, round: Round = instantRound): Round {
    this.inbox.prepare(worker);
    if (this.#computes(worker)) this.#maker.gradients.ask(worker);
    this.inbox.written(worker);
    this.#admission.sent(worker);
    this.#versions.set(worker, this.steps);
    this.#copies?.assigned(worker);
    this.#datagrams?.assigned(worker);
    const carried = this.#sizes.transmitted(worker, round);
    const gradients = this.#maker.cost(worker);
    this.gradients += gradients;
    this.#teller.assigned(worker, carried, gradients);
    return carried;
  }

  /**
   * Takes a worker's message; a Byzantine vector attack overwrites it at this moment, with all that it may know. Returns whether
   * it counts: what the policy rejects, a silent worker keeps, or losses spoil, is dropped, and the message before it stays.
   */
  receive(worker: number): boolean {
    const { inbox } = this;
    const again = this.#copies?.serving === worker ? this.#copies : undefined;
    if (again) {
      const version = again.versions[worker]!;
      inbox.repeat(worker, this.steps - version);
      const missing = this.#datagrams?.missingOf(worker);
      this.#teller.received(worker, version, again.losses[worker]!, again.servedBytes, missing);
      return true;
    }
    if (this.#mutes(worker)) return false;
    const version = this.#versions.of(worker);
    this.#delivered.set(worker, this.#delivered.of(worker) + 1);
    if (this.#datagrams?.drops(worker)) return this.discard(worker, 'incomplete');
    const loss = this.#computes(worker) ? this.#finish(worker) : NaN;
    const message = inbox.arrived(worker);
    const staleness = this.steps - version;
    const withdrawn = this.#forger?.forge(worker, staleness, message) ?? false;
    // A lie goes by the same link.
    const missing = this.#datagrams?.fill(worker, message);
    if (!this.#admission.admits(worker, staleness, this.steps, this.now, message)) {
      if (withdrawn) inbox.restore(worker);
      this.#teller.dropped(worker, version, 'rejected', this.#sizes.unusual(worker));
      return false;
    }
    inbox.accept(worker, staleness);
    this.idle += 1;
    this.#copies?.received(worker, version, loss);
    this.#teller.received(worker, version, loss, this.#sizes.unusual(worker), missing);
    return true;
  }

  /** Whose messages never come, since they keep them to themselves: the end of a sentence; undefined where all come. */
  get silent(): string | undefined {
    return this.#forger?.silent;
  }

  /** Messages that a worker has delivered, whether they count or not. */
  deliveredBy(worker: number): number {
    return this.#delivered.of(worker);
  }

  /** Lets a worker's message go unread; returns false, since it doesn't count. */
  discard(worker: number, reason: DropReason): false {
    if (this.#computes(worker)) this.#finish(worker);
    this.idle += 1;
    const bytes = arrivedReasons.includes(reason) ? this.#sizes.unusual(worker) : undefined;
    this.#teller.dropped(worker, this.#versions.of(worker), reason, bytes);
    return false;
  }

  /** Drops a worker's message if the worker is silent now: it doesn't arrive, and nobody answers it. Says whether it is. */
  #mutes(worker: number): boolean {
    return this.#forger?.isSilent(worker) === true && !this.discard(worker, 'silent');
  }

  /** Waits for a worker's message; returns its minibatch's loss. */
  #finish(worker: number): number {
    return this.#maker.gradients.finish(worker);
  }

  /** Lets go of what the run holds besides memory. */
  close(): void {
    this.#maker.gradients.close();
  }

  protected override settle(): void {
    this.#maker.gradients.settle();
  }
}
