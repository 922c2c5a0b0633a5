import type { VirtualTimeScheduler } from '../../src/scheduler/virtual-time-scheduler.js';

/** Steps until nothing is left. */
export const runAll = (scheduler: VirtualTimeScheduler): void => {
  while (scheduler.step());
};
