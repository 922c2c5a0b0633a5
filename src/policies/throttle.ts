import { z } from 'zod';
import type { PolicyRule } from '../engine/policy.js';
import type { Vector } from '../kernels/vector.js';
import type { VectorKernels } from '../kernels/vector-kernels.js';
import { definePart } from '../registry/part.js';
import { scale } from './scale.js';

export interface ThrottleOptions {
  /** q > 1: a worker's c-th repeat in a round counts 1/q^c; n + 1 unless given. */
  readonly q?: number | undefined;
  /** τ, the most by which a first message may differ from the anchor, > 0. */
  readonly tau: number;
  /** λ, the most length of a repeat, > 0. */
  readonly clip: number;
  /** G, the radius of the ball in which the anchor stays, > 0. */
  readonly ball: number;
}

/** v ← v moved towards `centre` (0 unless given) until it is `radius` away at most; false where that has no meaning. */
const clipTo = (
  { squaredDistance, squaredNorm, moveTowards }: VectorKernels,
  vector: Vector,
  radius: number,
  centre?: Vector,
): boolean => {
  const squared = centre ? squaredDistance(vector, centre, vector.length) : squaredNorm(vector);
  if (!(squared < Infinity)) return false;
  const distance = Math.sqrt(squared);
  if (distance <= radius) return true;
  if (centre) moveTowards(vector, centre, 1 - radius / distance);
  else scale(vector, radius / distance);
  return true;
};

/**
 * Rounds that end when every worker has delivered. A worker's first message in a round counts 1/n, its c-th repeat 1/q^c, so
 * that nobody has more than 1/n + 1/(q − 1) of a step in a round, however fast it is. First messages are clipped to a distance of τ
 * from an anchor a, repeats to a length of λ. The anchor begins as 0 and is then the mean of the clipped first messages of the round
 * before, projected on the ball of radius G. With the round all work under way is called off, and everybody begins anew. A vector
 * whose length isn't finite doesn't count, but its worker has delivered.
 */
export const throttle = (options: ThrottleOptions): PolicyRule => ({
  check: ({ rows, restarts }) => {
    if (rows !== 1 || !restarts)
      throw new RangeError(
        'THROTTLE scales the step along each single message, but with this protocol a step is made of several; use "buffered" with size 1',
      );
  },
  vectors: () => 2,
  create: ({ workers, dimension, precision, kernels }) => {
    const { tau, clip, ball, q = workers + 1 } = options;
    const { memory, vectors } = kernels;
    const anchor = memory.vector(precision, dimension);
    const mean = memory.vector(precision, dimension);
    /** Whether a worker has delivered in this round, and what its next message counts: next to nothing, after many. */
    const heard = new Uint8Array(workers);
    const shares = new Float64Array(workers);
    let delivered = 0;
    let averaged = 0;
    let ended = false;

    const endRound = (): void => {
      if (averaged > 0) {
        anchor.set(mean);
        clipTo(vectors, anchor, ball);
      }
      heard.fill(0);
      delivered = 0;
      averaged = 0;
      ended = true;
    };
    const first = (vector: Vector): boolean => {
      const counts = clipTo(vectors, vector, tau, anchor);
      if (counts) {
        averaged += 1;
        if (averaged === 1) mean.set(vector);
        else vectors.moveTowards(mean, vector, 1 / averaged);
        scale(vector, 1 / workers);
      }
      delivered += 1;
      return counts;
    };
    return {
      admits({ worker }, vector) {
        if (heard[worker] === 1) {
          const share = shares[worker]!;
          shares[worker] = share / q;
          const counts = clipTo(vectors, vector, clip);
          if (counts) scale(vector, share);
          return counts;
        }
        heard[worker] = 1;
        shares[worker] = 1 / q;
        const counts = first(vector);
        if (delivered === workers) endRound();
        return counts;
      },
      over() {
        const over = ended;
        ended = false;
        return over;
      },
    };
  },
});

export const throttlePart = definePart({
  summary: 'Soft throttling: in rounds, each worker’s repeated messages count geometrically less, and all are clipped.',
  source: 'Otsuka et al., "Robustifying Asynchronous SGD via Soft Throttling" (THROTTLE)',
  aliases: ['soft-throttling'],
  precondition: 'a step for each message; no bound on the share of Byzantine messages is needed',
  parameters: z.strictObject({
    q: z.number().gt(1).max(1e9).optional().describe('q > 1: the c-th repeat counts 1/q^c; n + 1 unless given'),
    tau: z.number().positive().describe('τ > 0: the most ‖v − a‖ of a worker’s first message in a round'),
    clip: z.number().positive().describe('λ > 0: the most length of a repeat'),
    ball: z.number().positive().describe('G > 0: the radius of the ball around 0 in which the anchor a stays'),
  }),
  create: throttle,
});
