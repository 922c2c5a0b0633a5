import { z } from 'zod';
import type { Verdict } from '../engine/index.js';
import type { SimulationTime } from '../scheduler/time.js';
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
 * Cuts workers off from the server: what leaves meanwhile leaves, in effect, when the partition heals, or never. Where workers
 * are each other's servers, it cuts them off from all others, not from each other.
 * @throws RangeError when its window is empty, or when what is held would never leave.
 */
export const partition = ({ partition: workers, meanwhile = 'held', ...window }: PartitionOptions): NetworkRule => {
  const scope = scopeOf({ ...window, workers });
  if (meanwhile === 'held' && scope.until === Infinity)
    throw new RangeError('until is missing: what is held must leave at some time; or say "meanwhile: lost"');
  const cut = (leaving: SimulationTime): Verdict => (meanwhile === 'lost' ? lost : { hold: scope.until - leaving });
  return {
    check: scope.check,
    carrier: ({ clock }) => ({
      verdict: (worker, phase, _span, held) => {
        const leaving = clock.now() + held;
        return scope.has(worker, phase, leaving) ? cut(leaving) : null;
      },
      between: (from, to, _span, held) => {
        const leaving = clock.now() + held;
        return scope.has(from, 'upload', leaving) === scope.has(to, 'download', leaving) ? null : cut(leaving);
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
