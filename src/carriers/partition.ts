import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { workersOption, type WorkerSet } from '../registry/workers.js';
import type { NetworkRule } from './network-rule.js';
import { scopeOf, windowParameters, type ScopeOptions } from './scope.js';

export interface PartitionOptions extends Pick<ScopeOptions, 'from' | 'until'> {
  /** The workers that are cut off from the server. */
  readonly partition: WorkerSet;
  /** What becomes of what leaves meanwhile: it is held until the partition heals, or lost. */
  readonly meanwhile?: 'held' | 'lost' | undefined;
}

const lost = { drop: 'lost' } as const;

/**
 * Cuts workers off from the server: what leaves meanwhile leaves, in effect, when the partition heals, or never.
 * @throws RangeError when its window is empty, or when what is held would never leave.
 */
export const partition = ({ partition: workers, meanwhile = 'held', ...window }: PartitionOptions): NetworkRule => {
  const scope = scopeOf({ ...window, workers });
  if (meanwhile === 'held' && scope.until === Infinity)
    throw new RangeError('until is missing: what is held must leave at some time; or say "meanwhile: lost"');
  return {
    check: scope.check,
    carrier: ({ clock }) => ({
      verdict: (worker, phase, _span, held) => {
        const leaving = clock.now() + held;
        if (!scope.has(worker, phase, leaving)) return null;
        return meanwhile === 'lost' ? lost : { hold: scope.until - leaving };
      },
    }),
  };
};

export const partitionPart = definePart({
  summary: 'Cuts workers off from the server for a time; what leaves meanwhile is held until it heals, or lost.',
  source: 'Network partition; Gilbert & Lynch, "Perspectives on the CAP Theorem", Computer 2012',
  parameters: z.strictObject({
    partition: workersOption('the workers that are cut off from the server'),
    ...windowParameters,
    meanwhile: z
      .enum(['held', 'lost'])
      .default('held')
      .describe('what becomes of what leaves meanwhile: held until the partition heals, or lost'),
  }),
  create: partition,
});
