import { Subscription } from 'rxjs';
import type { Run } from './run.js';

/** Work that a run has on the clock for itself: the end of its time, and measurements by time. */
export const keepTime = (run: Run): { readonly timers: number; readonly subscription: Subscription } => {
  const { clock } = run;
  const { stop, measure } = run.plan;
  const subscription = new Subscription();
  if (stop.time !== undefined)
    subscription.add(
      clock.schedule(function () {
        // What else is due at this instant still belongs to the run.
        if (clock.nextTime() === clock.now()) this.schedule(undefined, 0);
        else run.end();
      }, stop.time),
    );
  if (measure.kind === 'time') {
    const { time } = measure;
    subscription.add(
      clock.schedule(function () {
        run.measure();
        this.schedule(undefined, time);
      }, time),
    );
  }
  return { timers: Number(stop.time !== undefined) + Number(measure.kind === 'time'), subscription };
};
