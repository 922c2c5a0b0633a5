import type { CarrierRule } from '../engine/index.js';
import type { SimulationTime } from '../scheduler/time.js';

/**
 * What the server waits, after all else that is in a message's way, for fragments of it that don't come: `timeout` virtual
 * milliseconds, where some don't.
 */
export const awaitFragments =
  (timeout: SimulationTime): CarrierRule =>
  ({ incomplete }) => {
    const late = { delay: timeout, cause: 'held' } as const;
    return { verdict: (worker, phase) => (phase === 'upload' && incomplete?.(worker) === true ? late : null) };
  };
