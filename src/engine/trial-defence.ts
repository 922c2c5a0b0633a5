import type { Defence } from '../attacks/attack.js';
import type { ReadonlyVector, Vector } from '../kernels/vector.js';
import type { Aggregator } from '../weighted/aggregator.js';
import type { Gathered } from './gathered.js';
import { ReplayedDraws } from './replayed-draws.js';
import type { Server } from './server.js';

/**
 * A second instance of the plan's rule, on which liars try lies: of the same shape as the server's, with streams of its own and
 * memory of its own, so that the server's draws and state are left alone. A rule that begins at its previous result begins at the
 * server's latest aggregate (of the part, in rounds): exact, but below ctma, which goes on from its base's result, and below
 * clipped-differences, where what is remembered is a difference: it begins at 0 there.
 * It is given what the server's rule will be given, as far as that is known when the message arrives:
 * - where the server keeps the latest of all workers, these, with the lie in its sender's place and the weight that it will
 *   have there, by the plan's weights with one update more;
 * - where the protocol gathers messages: what is gathered so far; the lie, at the next place or in the mean that it belongs to; and,
 *   as the attacker's guess of what still comes, the latest vectors that came from honest workers, with the weights that these
 *   had, in the order of ids, until the protocol has as many as it gathers at most. A worker is taken more than once where it may send
 *   more than once, and for a mean that is still empty the first of those who send there; where messages are lent, each worker
 *   is there once.
 * What a policy would make of the lie isn't asked, nor a method in rounds, which may do more with messages than aggregate them. All trials on one message see the same draws, the next message's others.
 * O(m) a message beside the rule, O(d) a trial.
 */
export class TrialDefence implements Defence {
  readonly #aggregator: Aggregator;
  readonly #draws: ReplayedDraws;
  /** The lie, or the mean that it is in. */
  readonly #lie: Vector;
  readonly #out: Vector;
  readonly #rows: {
    count: number;
    readonly dimension: number;
    readonly vectors: ReadonlyVector[];
    readonly weights: Float64Array;
    trusted: ReadonlyVector | undefined;
    deviation: number | undefined;
  };
  /** The mean of this many messages that the lie is to be added to. */
  #mean: ReadonlyVector | undefined;
  #number = 0;
  /** 1 for each worker that is among the rows. */
  readonly #taken: Uint8Array;

  constructor(
    readonly server: Server,
    /** What the protocol gathers in, if it does. */
    readonly gathered: Gathered | undefined,
    /** The part of messages that lies are tried in. */
    readonly part = 0,
  ) {
    const { plan, objective, kernels, aggregated } = server;
    const { dimension, precision } = objective;
    const count = gathered?.weights.length ?? plan.workers.length;
    this.#draws = new ReplayedDraws(plan.random.fork(part === 0 ? 'attack/defence' : `attack/defence/part ${part}`));
    this.#lie = kernels.memory.vector(precision, dimension);
    this.#out = kernels.memory.vector(precision, dimension);
    this.#rows = {
      count: 0,
      dimension,
      vectors: [],
      weights: new Float64Array(count),
      trusted: undefined,
      deviation: undefined,
    };
    this.#taken = new Uint8Array(plan.workers.length);
    this.#aggregator = plan.aggregator({
      ...{ count, dimension, precision, kernels, beginning: server.roundServer?.results[part] ?? aggregated },
      random: (name) => this.#draws.stream(name),
      followModel: () => server.followModel(),
    });
  }

  /** The message that the next trials are about is that of a worker (from 0), stale by so many steps. */
  face(worker: number, staleness: number): void {
    const { plan, inbox, parts } = this.server;
    this.#draws.advance();
    this.#rows.count = 0;
    this.#mean = undefined;
    const weight = plan.weight(inbox.countOf(worker) + 1, staleness, worker + 1);
    if (this.gathered) this.#faceGathered(this.gathered, worker, weight);
    else this.#faceAll(worker, weight);
    this.#rows.deviation = this.server.roundServer?.run.deviation?.(this.part);
    const { trusted } = inbox.all;
    this.#rows.trusted = worker === plan.trusted ? this.#lie : trusted && parts.of(trusted, this.part);
  }

  aggregate(lie: ReadonlyVector, out: Vector): void {
    const lies = this.#lie;
    const mean = this.#mean;
    for (let k = 0; k < lies.length; k++) lies[k] = mean ? mean[k]! + (lie[k]! - mean[k]!) / this.#number : lie[k]!;
    this.#draws.replay();
    this.#aggregator(this.#rows, this.#out);
    out.set(this.#out);
  }

  #faceAll(worker: number, weight: number): void {
    const { inbox } = this.server;
    const { count, vectors, weights } = inbox.all;
    const held = inbox.countOf(worker) === 0 ? undefined : inbox.held(worker);
    for (let i = 0; i < count; i++)
      if (vectors[i] === held) this.#add(this.#lie, weight);
      else this.#addPart(vectors[i]!, weights[i]!);
    if (held === undefined) this.#add(this.#lie, weight);
  }

  #faceGathered(gathered: Gathered, worker: number, weight: number): void {
    const own = gathered.placeOf(worker);
    const { numbers, vectors, weights, senders, places } = gathered;
    this.#taken.fill(0);
    this.#taken[worker] = 1;
    let guess = 0;
    for (let place = 0; place < numbers.length; place++) {
      const number = numbers[place]!;
      if (number > 0) this.#taken[senders[place]!] = 1;
      if (place === own) {
        if (number > 0) this.#mean = this.server.parts.of(vectors[place]!, this.part);
        this.#number = number + 1;
        this.#add(this.#lie, number > 0 ? weights[place]! + (weight - weights[place]!) / this.#number : weight);
      } else if (number > 0) this.#addPart(vectors[place]!, weights[place]!);
      else if (places) this.#guess((sender) => places(sender) === place, 0);
      else guess = this.#guess((sender) => !gathered.lends || this.#taken[sender] === 0, guess);
    }
  }

  /**
   * Adds the latest vector of the first honest worker from the place `from` on, round and round unless messages are lent, of
   * which `fits` holds; nothing where there is none. Returns the place after it.
   */
  #guess(fits: (worker: number) => boolean, from: number): number {
    const { inbox, plan } = this.server;
    const { length } = plan.workers;
    const last = this.gathered!.lends ? length : from + length;
    for (let i = from; i < last; i++) {
      const worker = i % length;
      if (!inbox.isHonest(worker) || !fits(worker)) continue;
      this.#addPart(inbox.held(worker), inbox.weightOf(worker));
      return i + 1;
    }
    return last;
  }

  #addPart(message: Vector, weight: number): void {
    this.#add(this.server.parts.of(message, this.part), weight);
  }

  #add(vector: ReadonlyVector, weight: number): void {
    const rows = this.#rows;
    rows.vectors[rows.count] = vector;
    rows.weights[rows.count++] = weight;
  }
}
