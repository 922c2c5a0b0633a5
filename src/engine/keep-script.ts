import { Subscription } from 'rxjs';
import type { Every } from '../registry/every.js';
import type { Intervention } from './intervention.js';
import type { World } from './world.js';

/** Work that a run does by itself, which nobody's message waits for. */
export interface Timers {
  /** How many of them are on the clock now. */
  readonly count: () => number;
  readonly subscription: Subscription;
}

const intervene = (world: World, intervention: Intervention): void => {
  world.announce(intervention.text);
  switch (intervention.kind) {
    case 'turn':
      for (const worker of intervention.workers) world.turn(worker, intervention.byzantine);
      return;
    case 'lr':
      world.followRate(intervention.lr);
      return;
    case 'told':
      return;
    default:
      intervention satisfies never;
  }
};

/** Has the script's interventions happen, and the Byzantine workers change, in a run that begins now. */
export const keepScript = (world: World): Timers => {
  const { script = [], switching, random, workers } = world.plan;
  const subscription = new Subscription();
  let count = 0;
  const once = (at: Every, work: () => void): void => {
    if ('steps' in at) world.agenda.schedule(at.steps, work);
    else {
      count += 1;
      subscription.add(
        world.clock.schedule(() => {
          count -= 1;
          work();
        }, at.time),
      );
    }
  };
  for (const intervention of script) once(intervention.at, () => intervene(world, intervention));
  if (switching) {
    const { every } = switching;
    const round = switching.begin(workers.length, random.fork('switching'));
    const next = (steps: number): void =>
      once('steps' in every ? { steps } : every, () => {
        next('steps' in every ? steps + every.steps : 0);
        round((worker, byzantine) => world.turn(worker, byzantine));
      });
    next('steps' in every ? every.steps : 0);
  }
  return { count: () => count, subscription };
};
