import { normalDraw } from '../attacks/normal-draw.js';
import { bytesOf, type Precision, type Vector } from '../kernels/vector.js';
import { StreamTable } from '../random/stream-table.js';
import type { Memory } from '../kernels/memory.js';
import type { Plan } from './plan.js';

/**
 * What stands in the place of numbers that were lost: NaN; the same numbers of that worker's message before, as the server held
 * it, NaN before the first; standard normal draws; or nothing, since the whole message is dropped.
 */
export type Holes = 'nan' | 'previous' | 'random' | 'drop';

/** Messages of some workers that are cut into fragments, each of which may be lost. */
export interface DatagramRule {
  /** 1 for each worker whose messages go that way, 0 for those whose messages come whole. */
  readonly lossy: Readonly<Uint8Array>;
  /** The probability that a fragment is lost, in [0, 1], each independently. */
  readonly loss: number;
  /** Bytes of a fragment at most, >= 1. */
  readonly fragment: number;
  readonly holes: Holes;
}

/** What messages by datagrams need to know of a run. */
export interface DatagramContext {
  readonly dimension: number;
  readonly precision: Precision;
  readonly memory: Memory;
  /** Vectors that a message has room for. */
  readonly parts: number;
  /** Vectors that a message has which leaves the worker's hands now. */
  readonly used: () => number;
}

/** Bytes that one vector of a message takes on the network. */
const bytesOfVector = (messageBytes: number | undefined, dimension: number, precision: Precision): number =>
  messageBytes ?? dimension * bytesOf(precision);

/** Fragments of so many bytes that messages of so many vectors are cut into at most. */
export const mostFragments = (
  { datagrams, messageBytes }: Pick<Plan, 'datagrams' | 'messageBytes'>,
  parts: number,
  dimension: number,
  precision: Precision,
): number =>
  datagrams ? Math.ceil((parts * bytesOfVector(messageBytes, dimension, precision)) / datagrams.fragment) : 0;

/** How many of the workers have messages cut into fragments. */
export const lossyWorkers = ({ lossy }: DatagramRule): number => lossy.reduce((sum, each) => sum + each, 0);

/**
 * Messages that go by datagrams, as AggregaThor's may (Damaskinos et al., MLSys 2019): which fragments of each are lost is drawn
 * as it leaves, from a stream of its worker's own; what is missing is made up for when the server takes it. Of a number that two
 * fragments share, both are needed. All state is plain. Workers are numbered from 0.
 */
export class Datagrams {
  readonly #rule: DatagramRule;
  /** Where each worker's things are; −1 where its messages come whole. */
  readonly #places: Int32Array;
  /** Numbers of each worker's message that is under way, or came last. */
  readonly #numbers: Float64Array;
  /** Bytes of a vector. Those of a number may be no whole number, so that nothing is made of them that is to be one. */
  readonly #bytes: number;
  /** 1 for each fragment of a worker's message that is lost. */
  readonly #lost: readonly Uint8Array[];
  /** Fragments lost of that message. */
  readonly #losses: Float64Array;
  /** Numbers that were missing in each worker's latest message that the server took. */
  readonly #missing: Float64Array;
  /** Each worker's latest message, filled, where holes are made up for by it. */
  readonly #previous: readonly Vector[];
  readonly #draws: StreamTable;
  readonly #fillings: StreamTable;

  constructor(
    rule: DatagramRule,
    { random, messageBytes, datagrams }: Pick<Plan, 'random' | 'messageBytes' | 'datagrams'>,
    readonly context: DatagramContext,
  ) {
    const { dimension, precision, memory, parts } = context;
    const workers = rule.lossy.length;
    this.#rule = rule;
    let count = 0;
    this.#places = Int32Array.from(rule.lossy, (lossy) => (lossy === 1 ? count++ : -1));
    this.#bytes = bytesOfVector(messageBytes, dimension, precision);
    this.#numbers = new Float64Array(count);
    this.#losses = new Float64Array(count);
    this.#missing = new Float64Array(count);
    const fragments = mostFragments({ datagrams, messageBytes }, parts, dimension, precision);
    this.#lost = Array.from({ length: count }, () => new Uint8Array(fragments));
    this.#previous = rule.holes === 'previous' ? memory.matrix(precision, count, dimension * parts) : [];
    for (const vector of this.#previous) vector.fill(NaN);
    this.#draws = new StreamTable(random, workers, (i) => `worker ${i + 1}/datagrams`);
    this.#fillings = new StreamTable(random, workers, (i) => `worker ${i + 1}/datagrams/holes`);
  }

  /** A worker's next message is settled: as many vectors as it has now. */
  assigned(worker: number): void {
    const place = this.#places[worker]!;
    if (place === -1) return;
    this.#numbers[place] = this.context.used() * this.context.dimension;
    // A message that doesn't leave by the network comes whole.
    this.#losses[place] = 0;
  }

  /** A worker's message leaves, or leaves once more: draws which fragments are lost; says whether any is. O(fragments). */
  leaves(worker: number): boolean {
    const place = this.#places[worker]!;
    if (place === -1) return false;
    const { loss } = this.#rule;
    const lost = this.#lost[place]!;
    const fragments = this.#fragmentsOf(place);
    const draws = this.#draws.at(worker);
    let losses = 0;
    for (let k = 0; k < fragments; k++) losses += lost[k] = draws.next() < loss ? 1 : 0;
    this.#losses[place] = losses;
    return losses > 0;
  }

  /** Whether nothing is to be done with a worker's message that has arrived, since some of it is missing. */
  drops(worker: number): boolean {
    const place = this.#places[worker]!;
    return this.#rule.holes === 'drop' && place !== -1 && this.#losses[place]! > 0;
  }

  /** Makes up for what is missing in a worker's message. Returns of how many numbers; undefined where it is whole. */
  fill(worker: number, message: Vector): number | undefined {
    const place = this.#places[worker]!;
    if (place === -1) return undefined;
    const missing = this.#losses[place]! > 0 ? this.#fillHoles(worker, place, message) : 0;
    this.#missing[place] = missing;
    const numbers = this.#numbers[place]!;
    const previous = this.#previous[place];
    if (previous) for (let i = 0; i < numbers; i++) previous[i] = message[i]!;
    return missing === 0 ? undefined : missing;
  }

  /** How many numbers were missing in the latest message of a worker that the server took; undefined where it was whole. */
  missingOf(worker: number): number | undefined {
    const place = this.#places[worker]!;
    return place === -1 ? undefined : this.#missing[place]! || undefined;
  }

  /** Fragments of a worker's message. */
  #fragmentsOf(place: number): number {
    return Math.ceil(((this.#numbers[place]! / this.context.dimension) * this.#bytes) / this.#rule.fragment);
  }

  #fillHoles(worker: number, place: number, message: Vector): number {
    const { fragment } = this.#rule;
    const lost = this.#lost[place]!;
    const numbers = this.#numbers[place]!;
    const { dimension } = this.context;
    const fragments = this.#fragmentsOf(place);
    let missing = 0;
    let end = 0;
    for (let k = 0; k < fragments; k++) {
      if (lost[k] === 0) continue;
      const first = Math.max(end, Math.floor((k * fragment * dimension) / this.#bytes));
      end = Math.max(first, Math.min(numbers, Math.ceil(((k + 1) * fragment * dimension) / this.#bytes)));
      this.#fillRange(worker, place, message, first, end);
      missing += end - first;
    }
    return missing;
  }

  /** Makes up for the numbers from `first` on, before `end`. */
  #fillRange(worker: number, place: number, message: Vector, first: number, end: number): void {
    if (this.#rule.holes === 'random') {
      const draws = this.#fillings.at(worker);
      for (let i = first; i < end; i++) message[i] = normalDraw(draws);
      return;
    }
    const previous = this.#previous[place];
    for (let i = first; i < end; i++) message[i] = previous ? previous[i]! : NaN;
  }
}
