import { each } from './each.js';
import type { Fetched } from './fetched.js';
import { startLink, type Delay, type Link } from '../network/link.js';
import type { Random } from '../random/random.js';
import { STATE_LENGTH } from '../random/generator-states.js';
import { StreamTable } from '../random/stream-table.js';
import { OutOfRangeError } from '../registry/out-of-range-error.js';
import type { SimulationTime } from '../scheduler/time.js';
import type { Round, Transport } from './transport.js';
import type { WorkerRows } from './worker-rows.js';

/** A round that takes no time: for arrival laws without a clock. */
export const instantRound: Round = { download: 0, compute: 0, upload: 0 };

/** @throws OutOfRangeError when a span is negative or not finite. */
export const checked = (span: SimulationTime): SimulationTime => {
  if (span >= 0 && span < Infinity) return span;
  throw new OutOfRangeError(`a delay came out as ${span} ms; it must be finite and >= 0`);
};

/** Draws how long workers' rounds take, each phase of each worker from a stream of its own. Workers are numbered from 0. */
export class Rounds implements Fetched {
  readonly #linkOf: (worker: number) => Link;
  readonly #streams: Readonly<Record<keyof Link, StreamTable>>;
  readonly #round = { download: 0, compute: 0, upload: 0 };

  constructor(
    links: readonly Link[],
    random: Random,
    /** Where numbers of each worker are kept. */
    rows: WorkerRows,
    /** How long work takes that was drawn to take so long; as long, unless given. */
    readonly work: NonNullable<Transport['work']> = (_worker, span) => span,
  ) {
    const streams = (phase: keyof Link): StreamTable => {
      const nameOf = (worker: number): string => `worker ${worker + 1}/${phase}`;
      const drawn = links.some((link) => link[phase].span === undefined);
      const place = drawn ? rows.add(STATE_LENGTH) : 0;
      return new StreamTable(
        random,
        links.length,
        nameOf,
        drawn ? () => ({ numbers: rows.numbers, stride: rows.stride, place }) : undefined,
      );
    };
    this.#streams = { download: streams('download'), compute: streams('compute'), upload: streams('upload') };
    // What a delay remembers draws from streams below its own.
    this.#linkOf = each(
      links.map((link, worker) => startLink(link, (phase) => random.fork(`worker ${worker + 1}/${phase}`))),
    );
  }

  /**
   * The spans of the worker's next round, which begins at `now` and takes so many computations one after another; lent until
   * the next call.
   * @throws OutOfRangeError when one is negative or not finite.
   */
  draw(worker: number, now: SimulationTime, computations = 1): Round {
    const link = this.#linkOf(worker);
    const round = this.#round;
    round.download = link.download.span ?? this.#span(link.download, worker, 'download', now);
    const { span } = link.compute;
    let compute = span === undefined ? 0 : computations * span;
    if (span === undefined)
      for (let k = 0; k < computations; k++) compute += this.#span(link.compute, worker, 'compute', now);
    round.compute = checked(this.work(worker, compute));
    round.upload = link.upload.span ?? this.#span(link.upload, worker, 'upload', now);
    return round;
  }

  fetch(workers: Int32Array, count: number): number {
    const { download, compute, upload } = this.#streams;
    return download.fetch(workers, count) + compute.fetch(workers, count) + upload.fetch(workers, count);
  }

  #span(delay: Delay, worker: number, phase: keyof Link, now: SimulationTime): SimulationTime {
    return checked(delay.sample(this.#streams[phase].at(worker), now));
  }
}
