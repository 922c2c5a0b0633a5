import { bytesOf, type Precision, type Vector } from '../kernels/vector.js';
import type { Batch, GradientRequest, Objective } from '../learning/objective.js';

/** What a job's memory must hold. */
export interface SlotShape {
  readonly precision: Precision;
  readonly dimension: number;
  /** Number of running statistics. */
  readonly statistics: number;
  /** Number of gradients that are taken at one model. */
  readonly gradients: number;
  /** Lengths of a sample's arrays. */
  readonly rows: number;
  readonly labels: number;
  readonly noise: number;
}

/** A job's state, by its numbers in shared memory. */
export const slotState = { free: 0, asked: 1, done: 2, failed: 3 } as const;

/** One job in shared memory: a model, samples, and the gradients there. */
export interface Slot {
  /** One number: see `slotState`. */
  readonly state: Int32Array;
  /** Whether the statistics of the first sample are asked for: 1 or 0. */
  readonly follows: Int32Array;
  readonly params: Vector;
  readonly requests: readonly GradientRequest[];
  /** Where the first request's statistics go. */
  readonly seen: Vector;
  /** The losses of all requests. */
  readonly losses: Float64Array;
}

/** The shape of the jobs on an objective. */
export const slotShape = (objective: Objective, gradients: number): SlotShape => {
  const { rows, labels, noise } = objective.batch();
  const { precision, dimension, statistics } = objective;
  return {
    ...{ precision, dimension, statistics, gradients },
    ...{ rows: rows.length, labels: labels.length, noise: noise.length },
  };
};

/** Hands out arrays on `buffer`, or only counts bytes without one. */
const allocator = (buffer: SharedArrayBuffer | undefined, start: number) => {
  let next = start;
  const claim = (bytes: number): number => {
    const offset = next;
    next += Math.ceil(bytes / 64) * 64;
    return offset;
  };
  const own = (bytes: number): readonly [ArrayBufferLike, number] =>
    buffer ? [buffer, claim(bytes)] : [new ArrayBuffer(bytes), (claim(bytes), 0)];
  return {
    end: () => next,
    int32: (length: number) => new Int32Array(...own(4 * length), length),
    float64: (length: number) => new Float64Array(...own(8 * length), length),
    vector: (precision: Precision, length: number): Vector =>
      precision === 'float32'
        ? new Float32Array(...own(bytesOf(precision) * length), length)
        : new Float64Array(...own(bytesOf(precision) * length), length),
  };
};

const place = (shape: SlotShape, { int32, float64, vector }: ReturnType<typeof allocator>): Slot => {
  const { precision, dimension, statistics, gradients } = shape;
  const batch = (): Batch => ({ rows: int32(shape.rows), labels: float64(shape.labels), noise: float64(shape.noise) });
  const requests = Array.from({ length: gradients }, () => ({
    batch: batch(),
    out: vector(precision, dimension),
    seen: null,
    loss: NaN,
  }));
  return {
    ...{ state: int32(1), follows: int32(1), params: vector(precision, dimension), requests },
    ...{ seen: vector(precision, statistics), losses: float64(gradients) },
  };
};

/** Bytes of a job of this shape. */
export const slotBytes = (shape: SlotShape): number => {
  const counting = allocator(undefined, 0);
  place(shape, counting);
  return counting.end();
};

/** The job at `start` of `buffer`, the same wherever the buffer is shared. */
export const slotAt = (shape: SlotShape, buffer: SharedArrayBuffer, start: number): Slot =>
  place(shape, allocator(buffer, start));

/** Copies a sample into another one's arrays. */
export const copyBatch = (from: Batch, to: Batch): void => {
  to.rows.set(from.rows);
  to.labels.set(from.labels);
  to.noise.set(from.noise);
};
