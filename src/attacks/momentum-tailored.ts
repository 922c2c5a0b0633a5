import { z } from 'zod';
import { normal } from '../random/normal.js';
import { definePart } from '../registry/part.js';
import type { AttackRule, Knowledge } from './attack.js';

const knowledge: Knowledge = 'own';

/** The options of `momentum-tailored`. */
export interface MomentumTailoredOptions {
  /** ‖v‖ > 0, the length of the bias that a worker's momentum is to carry, in the gradients' units. Default 1. */
  readonly bias?: number;
  /** α in (0, 1], the share of the newest gradient in a momentum; that of the run's method, 1 − β, unless given. */
  readonly alpha?: number | undefined;
}

/**
 * Tailored to worker momentum m_i ← (1 − α)·m_i + α·g_i, which remembers 1/α messages: falsifies the gradients of whoever is Byzantine,
 * before they enter its momentum, so that what it sends when it is honest again is biased still. The bias that worker i's
 * momentum carries, b_i ← (1 − α)·b_i + α·v_t, is driven to v at once and kept there: v_t = (v − (1 − α)·b_i)/α is added to its
 * gradient while it is Byzantine, and nothing while it isn't, so that b_i decays by 1 − α with each message. A worker's first momentum is
 * its first gradient, and v_t = v there. With identities that go round all workers about once every 1/α messages, all of them
 * carry a good part of the same bias at any time, on which rules by distance see them agree; plain SGD, of which nobody
 * remembers anything, sees no more liars than there are.
 * v has a fixed direction, uniform on the sphere, drawn from a stream that all liars share, since what all are to agree on can't follow
 * anybody's gradient; `bias` is its length. Whether a gradient is falsified is settled when the model leaves the server. Of a method that takes
 * several gradients a message, the first is falsified. O(d) a message.
 * The attack of Dorfman, Yehya & Levy, "Dynamic Byzantine-Robust Learning", ICML 2024, in a constructive form: theirs is told for
 * three workers of which one is Byzantine at a time.
 * @throws RangeError for a bias or an α out of its range; in a run, where α isn't given and the method's isn't fixed.
 */
export const momentumTailored = ({ bias = 1, alpha }: MomentumTailoredOptions = {}): AttackRule => {
  if (!(bias > 0 && bias < Infinity))
    throw new RangeError(`momentum-tailored.bias: it is finite and above 0, got ${bias}`);
  if (alpha !== undefined && !(alpha > 0 && alpha <= 1))
    throw new RangeError(`momentum-tailored.alpha: it is above 0 and at most 1, got ${alpha}`);
  return {
    kind: 'gradient',
    knowledge,
    falsehood: ({ workers, dimension, random, newest }) => {
      const share = alpha ?? newest;
      if (share === undefined)
        throw new RangeError(
          'momentum-tailored needs alpha, the share of the newest gradient in what a worker sends: the method has no fixed one',
        );
      const direction = drawDirection(dimension, random.fork('direction'));
      /** The length of each worker's bias, and of what is added to its next gradient. */
      const biases = new Float64Array(workers);
      const added = new Float64Array(workers);
      const begun = new Uint8Array(workers);
      return {
        ask(worker, lies) {
          const weight = begun[worker] === 0 ? 1 : share;
          begun[worker] = 1;
          const left = (1 - weight) * biases[worker]!;
          added[worker] = lies ? (bias - left) / weight : 0;
          biases[worker] = lies ? bias : left;
        },
        falsify(worker, gradient) {
          const length = added[worker]!;
          if (length !== 0) for (let k = 0; k < dimension; k++) gradient[k]! += length * direction[k]!;
        },
      };
    },
  };
};

const standard = normal(0, 1);

/** A vector of length 1, uniform on the sphere: that of independent normal draws (Muller 1959). */
const drawDirection = (dimension: number, random: Parameters<typeof standard.sample>[0]): Float64Array => {
  const direction = Float64Array.from({ length: dimension }, () => standard.sample(random));
  const length = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
  return direction.map((value) => value / length);
};

export const momentumTailoredPart = definePart({
  summary:
    'Falsifies gradients before they enter a worker’s momentum, which is biased long after the worker has turned honest.',
  formula: 'gradient + v_t, so that the momentum’s bias is v',
  source: 'Dorfman, Yehya & Levy, "Dynamic Byzantine-Robust Learning", ICML 2024; constructive form.',
  precondition:
    'Workers that turn, such as by workers.byzantine: { kind: periodic, next: rotate, … }, and workers’ momentum.',
  aliases: ['momentum', 'dynamic'],
  knowledge,
  parameters: z.strictObject({
    bias: z
      .number()
      .positive()
      .default(1)
      .describe('length of the bias that a momentum is to carry, above 0, in the gradients’ units'),
    alpha: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe(
        'share of the newest gradient in what a worker sends, in (0, 1]; that of the method, 1 − beta, unless given',
      ),
  }),
  create: momentumTailored,
});
