import type { MemoryNeeded } from '../../engine/memory-needed.js';
import type { Plan } from '../../engine/plan.js';
import { plainKernels, type KernelSource } from '../../kernels/index.js';
import { Misfit } from '../misfit.js';

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** Vectors of float64 that a further thread has room for: jobs under way, and what it takes gradients with. */
const VECTORS_PER_THREAD = 24;

const threadBytes = ({ objective, place }: Plan): number => {
  const probe = plainKernels();
  place?.(probe);
  return VECTORS_PER_THREAD * 8 * objective.dimension + probe.memory.claimed;
};

/** Refuses, before anything is claimed, a run that doesn't fit. */
export const requireMemory = (
  plan: Plan,
  { linear, heap }: MemoryNeeded,
  { kind, limit }: KernelSource,
  available: number,
  threads: number,
): void => {
  const { workers, objective } = plan;
  const all = linear + heap + (threads - 1) * threadBytes(plan);
  if (linear <= limit && all <= available) return;
  const reached = linear > limit;
  const [needed, most] = reached ? [linear, limit] : [all, available];
  const reach = reached ? `that ${kind} kernels reach` : 'that there is';
  const way = reached && all <= available ? ', or use plain kernels, which reach further' : '';
  throw new Misfit(
    ['workers', 'count'],
    `a run of ${workers.length} workers with ${objective.dimension} parameters needs ${gigabytes(needed)} of memory, more than the ${gigabytes(most)} ${reach}; take fewer workers or a smaller model${way}`,
  );
};
