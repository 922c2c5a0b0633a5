import { z } from 'zod';
import type { PolicyRule } from '../engine/policy.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import { definePart } from '../registry/part.js';
import { scale } from './scale.js';
import { TRUSTED_VECTORS, trustedGradient, type TrustedGradientOptions } from './trusted-gradient.js';
import { trustedOptions } from './trusted-options.js';

export interface ZenoPlusPlusOptions extends TrustedGradientOptions {
  /** γ in the score, > 0: the method's learning rate. */
  readonly gamma: number;
  /** ρ >= 0, what length costs. */
  readonly rho?: number | undefined;
  /** ε, what is forgiven; any finite number. */
  readonly epsilon?: number | undefined;
  readonly rows?: number | undefined;
}

const product = (x: ReadonlyVector, y: ReadonlyVector): number => {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += x[k]! * y[k]!;
  return sum;
};

/**
 * A message g is rescaled to the length of the server's own gradient v, g ← g·‖v‖/‖g‖, and counts iff γ⟨v, g⟩ − ρ‖g‖² + γε >= 0: if
 * a step along it is estimated to go down the server's own loss. A message of 0 keeps its length. One that isn't finite
 * never counts. v may be that of a model from up to `every` − 1 messages before.
 */
export const zenoPlusPlus = (options: ZenoPlusPlusOptions): PolicyRule => {
  const { gamma, rho = 0.001, epsilon = 0 } = options;
  return {
    vectors: () => TRUSTED_VECTORS,
    cleanRows: options.rows,
    create: (context) => {
      const { squaredNorm } = context.kernels.vectors;
      const trusted = trustedGradient(context, { ...options, every: options.every ?? 10 });
      return {
        admits(_message, vector) {
          const own = trusted();
          const length = Math.sqrt(squaredNorm(vector));
          if (!Number.isFinite(length)) return false;
          if (length > 0) scale(vector, Math.sqrt(squaredNorm(own)) / length);
          return gamma * product(own, vector) - rho * squaredNorm(vector) + gamma * epsilon >= 0;
        },
      };
    },
  };
};

export const zenoPlusPlusPart = definePart({
  summary: 'Messages are rescaled to the server’s own gradient on clean data, and count if they go down its loss.',
  source: 'Xie, Koyejo & Gupta, "Zeno++: Robust Fully Asynchronous SGD", ICML 2020',
  aliases: ['zeno++', 'zenopp'],
  precondition: 'the server holds clean data like the workers’; any number of liars, as long as one worker is honest',
  parameters: z.strictObject({
    gamma: z.number().positive().describe('γ > 0 in the score; give the method’s learning rate'),
    rho: z.number().min(0).default(0.001).describe('ρ >= 0, what ‖g‖² costs in the score'),
    epsilon: z.number().default(0).describe('ε, what the score is forgiven, in units of ‖v‖²'),
    ...trustedOptions(10),
  }),
  create: zenoPlusPlus,
});
