import { z } from 'zod';
import type { PolicyRule } from '../engine/policy.js';
import { definePart } from '../registry/part.js';
import { TRUSTED_VECTORS, trustedGradient, type TrustedGradientOptions } from './trusted-gradient.js';
import { trustedOptions } from './trusted-options.js';

export interface AflGuardOptions extends TrustedGradientOptions {
  /** λ, how far a message may be from the server's gradient, in norms of that; > 0. */
  readonly lambda: number;
  readonly rows?: number | undefined;
}

/**
 * A message g counts iff ‖g − g_0‖ <= λ‖g_0‖, g_0 the server's own gradient. What counts has ‖g‖ <= (1 + λ)‖g_0‖, and for λ < 1
 * ⟨g, g_0⟩ > 0 (unless both are 0): every step goes down the server's own loss. A vector that isn't finite never counts.
 */
export const aflGuard = (options: AflGuardOptions): PolicyRule => ({
  vectors: () => TRUSTED_VECTORS,
  cleanRows: options.rows,
  create: (context) => {
    const { squaredNorm, squaredDistance } = context.kernels.vectors;
    const trusted = trustedGradient(context, options);
    return {
      admits(_message, vector) {
        const own = trusted();
        const distance = Math.sqrt(squaredDistance(vector, own, context.dimension));
        return Number.isFinite(distance) && distance <= options.lambda * Math.sqrt(squaredNorm(own));
      },
    };
  },
});

export const aflGuardPart = definePart({
  summary: 'A message counts if it is within λ norms of a gradient that the server takes on clean data of its own.',
  source: 'Fang, Liu, Gong & Bentley, "AFLGuard: Byzantine-robust Asynchronous Federated Learning", ACSAC 2022',
  aliases: ['aflguard'],
  precondition: 'the server holds clean data like the workers’; any number of liars',
  parameters: z.strictObject({
    lambda: z.number().positive().describe('λ > 0: the most ‖g − g_0‖, in units of ‖g_0‖'),
    ...trustedOptions(1),
  }),
  create: aflGuard,
});
