/** Numbers of a cache line: rows are as long as some of them. */
const LINE = 8;

/**
 * Numbers that a run keeps of each worker (numbered from 0), in a row for each: where there are more workers than a cache has room
 * for, what belongs to one comes from memory together.
 */
export class WorkerRows {
  /** All rows, `stride` numbers apart; none until `seal`. */
  numbers = new Float64Array(0);
  stride = 0;
  #width = 0;

  constructor(readonly workers: number) {}

  /** Some more numbers of each worker, 0 at first: until `seal`. Returns the place of their first in a row. */
  add(width: number): number {
    const place = this.#width;
    this.#width += width;
    return place;
  }

  /** One more number of each worker, 0 at first: until `seal`. */
  column(): WorkerColumn {
    return new WorkerColumn(this, this.add(1));
  }

  /** Claims the rows' memory. */
  seal(): void {
    this.stride = Math.ceil(this.#width / LINE) * LINE;
    this.numbers = new Float64Array(this.workers * this.stride);
  }

  /** See `Fetched`. */
  fetch(workers: Int32Array, count: number): number {
    const { numbers, stride } = this;
    let read = 0;
    for (let k = 0; k < count; k++) {
      const end = (workers[k]! + 1) * stride;
      for (let at = end - stride; at < end; at += LINE) read += numbers[at]!;
      read += numbers[end - 1]!;
    }
    return read;
  }
}

/** One number of each worker. */
export class WorkerColumn {
  constructor(
    private readonly rows: WorkerRows,
    private readonly place: number,
  ) {}

  of(worker: number): number {
    const { numbers, stride } = this.rows;
    return numbers[worker * stride + this.place]!;
  }

  set(worker: number, value: number): void {
    const { numbers, stride } = this.rows;
    numbers[worker * stride + this.place] = value;
  }
}
