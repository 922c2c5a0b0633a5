import type { Memory } from '../../kernels/memory.js';
import { bytesOf, type Precision, type Vector } from '../../kernels/vector.js';
import { OutOfRangeError } from '../../registry/out-of-range-error.js';
import type { Sheet } from './letter.js';

/** What messages may take that nobody reads yet, in bytes: nodes that are behind all others keep many. */
const MOST_BYTES = 2 ** 32;

const onHeap = (precision: Precision, length: number): Vector =>
  precision === 'float32' ? new Float32Array(length) : new Float64Array(length);

/** The vectors that letters hold: `reserved` of them in the run's memory, further ones, where somebody is behind, beside it. */
export class Sheets {
  readonly #free: Sheet[] = [];
  #made = 0;

  constructor(
    readonly memory: Memory,
    readonly precision: Precision,
    readonly dimension: number,
    readonly reserved: number,
  ) {}

  /** A sheet that one holds; what is on it is undefined. @throws OutOfRangeError when there are too many. */
  take(): Sheet {
    const sheet = this.#free.pop() ?? this.#make();
    sheet.holders = 1;
    return sheet;
  }

  /** A sheet with a copy of this vector on it. */
  copy(vector: Vector): Sheet {
    const sheet = this.take();
    sheet.vector.set(vector);
    return sheet;
  }

  /** One more holds a sheet. */
  hold(sheet: Sheet): Sheet {
    sheet.holders += 1;
    return sheet;
  }

  /** One holds it no longer. */
  release(sheet: Sheet | undefined): void {
    if (sheet === undefined) return;
    sheet.holders -= 1;
    if (sheet.holders === 0) this.#free.push(sheet);
  }

  #make(): Sheet {
    const { dimension, precision, memory } = this;
    if (this.#made * dimension * bytesOf(precision) > MOST_BYTES)
      throw new OutOfRangeError(
        `messages that wait for a server or a worker that is far behind take more than ${MOST_BYTES / 2 ** 30} GiB of memory; take a larger quorum, so that nobody falls so far behind`,
      );
    this.#made += 1;
    const vector = this.#made <= this.reserved ? memory.vector(precision, dimension) : onHeap(precision, dimension);
    return { vector, holders: 0 };
  }
}
