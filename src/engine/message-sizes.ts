import { bytesOf, type Precision } from '../kernels/vector.js';
import { transmission } from '../network/bandwidth.js';
import { OutOfRangeError } from '../registry/out-of-range-error.js';
import type { Plan } from './plan.js';
import type { Round } from './transport.js';

/** How long messages are: see `Estimator`. */
export interface SizedMessages {
  bits?(worker: number): number;
  readonly everyBits?: number | undefined;
  /**
   * Whether `bits` says the size of a message that isn't made as well. Methods in rounds say so; their `bits` are those of the round
   * that is on, for a message that is settled now.
   */
  readonly knownBits?: boolean | undefined;
}

/**
 * How many bytes workers' messages take, and how long these are under way. Workers are numbered from 0. Bits are rounded up to whole
 * bytes; where the plan says how many bytes an uncompressed message takes, each takes its share of them.
 */
export class MessageSizes {
  /** Bytes of an uncompressed message. */
  readonly usual: number;
  /** Whether a message must be made before its size is known. */
  readonly needMessages: boolean;
  readonly #vary: boolean;
  readonly #bytesPerBit: number;
  /** Bytes of every message, where all have the same. */
  readonly #every: number;
  readonly #limited: boolean;
  /** Bytes of each worker's message as it was settled, where its round may be over when it arrives. */
  readonly #settled: Float64Array | undefined;
  readonly #round = { download: 0, compute: 0, upload: 0 };

  constructor(
    readonly plan: Plan,
    readonly messages: SizedMessages,
    { dimension, precision }: { readonly dimension: number; readonly precision: Precision },
    /** Waits for a worker's message. */
    readonly finish: (worker: number) => void,
  ) {
    const dense = dimension * bytesOf(precision);
    const { everyBits } = messages;
    this.usual = plan.messageBytes ?? dense;
    this.#bytesPerBit = this.usual / (8 * dense);
    this.#vary = messages.bits !== undefined && everyBits === undefined;
    this.needMessages = this.#vary && messages.knownBits !== true;
    this.#every = everyBits === undefined ? this.usual : this.#inBytes(everyBits);
    this.#settled = this.#vary && messages.knownBits !== undefined ? new Float64Array(plan.workers.length) : undefined;
    this.#limited = plan.workers.some(({ up }) => up !== undefined);
  }

  /** Bytes of the worker's message that is under way or just arrived, which is made first if it isn't yet. */
  of(worker: number): number {
    if (!this.#vary) return this.#every;
    if (this.#settled) return this.#settled[worker]!;
    if (this.needMessages) this.finish(worker);
    return this.#inBytes(this.messages.bits!(worker));
  }

  /** The same; undefined for the usual number. */
  unusual(worker: number): number | undefined {
    if (!this.#vary && this.#every === this.usual) return undefined;
    const bytes = this.of(worker);
    return bytes === this.usual ? undefined : bytes;
  }

  /**
   * A round, settled now, with the time that the worker's line takes to put its message through; lent until the next call.
   * @throws OutOfRangeError when that isn't finite.
   */
  transmitted(worker: number, round: Round): Round {
    if (this.#settled) this.#settled[worker] = this.#inBytes(this.messages.bits!(worker));
    const up = this.#limited ? this.plan.workers[worker]!.up : undefined;
    if (up === undefined) return round;
    const longer = this.#round;
    longer.download = round.download;
    longer.compute = round.compute;
    longer.upload = round.upload + transmission(this.of(worker), up);
    if (longer.upload < Infinity) return longer;
    throw new OutOfRangeError(
      `a message of ${this.of(worker)} bytes at ${up} bytes a second takes ${longer.upload} ms; it must be finite`,
    );
  }

  #inBytes(bits: number): number {
    return Math.ceil(bits * this.#bytesPerBit);
  }
}
