import { DeadlockError } from './deadlock-error.js';
import type { Protocol } from './protocol.js';
import type { World } from './world.js';

/**
 * So much that happens without a step, and as much more for each worker and each vector that makes a step, is taken for the end of a
 * run that has no end in time.
 */
const PATIENCE = 100_000;
const PATIENCE_EACH = 1000;

const sentence = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join('; ');

/**
 * Ends a run without an end in time that can't go on; of the actions on the clock, `timers` are the run's own.
 * @throws DeadlockError when nothing is left to happen, or nothing has come of all that happened for long.
 */
export const requireProgress = (world: World, protocol: Protocol, timers: number): void => {
  const { plan, clock, transport } = world;
  const { length } = plan.workers;
  const said = (what: string): string => `after step ${world.steps}, ${what}`;
  const { background = 0 } = transport;
  const hopeful = (): boolean =>
    transport.hopeful?.() === true || (background > 0 && protocol.awaitsReturn?.(world) === true);
  if (clock.pending <= timers + background && !hopeful())
    throw new DeadlockError(
      clock.now(),
      sentence([
        said('no worker computes and no message is on its way to the server'),
        protocol.waiting?.(world),
        transport.waiting?.(),
        world.silent,
      ]),
    );
  if (world.idle < PATIENCE || world.now <= (plan.changesUntil ?? 0)) return;
  if (world.idle < PATIENCE + PATIENCE_EACH * (length + (protocol.gathers?.(length).rows ?? 0))) return;
  throw new DeadlockError(
    clock.now(),
    sentence([
      said(`the server has made no step of what the last ${world.idle} messages, losses, comings and goings brought`),
      protocol.waiting?.(world),
      world.silent,
    ]),
    'nothing comes of what happens',
  );
};
