import type { Subscription } from 'rxjs';
import type { VirtualTimeScheduler } from '../scheduler/virtual-time-scheduler.js';
import type { Plan } from './plan.js';

/** What has begun in a run, besides what the run has on the clock for itself. */
export interface Served {
  readonly subscription: Subscription;
  /** How many actions on the clock are nobody's work. */
  readonly timers: () => number;
}

/** A run that is moved on event by event, whoever takes part in it. */
export interface Run {
  readonly plan: Plan;
  readonly clock: VirtualTimeScheduler;
  /** Server steps, and messages that the server used, so far. */
  readonly steps: number;
  readonly messages: number;
  /** Whether its end has been reached: all that is left is an evaluation, if one is pending. */
  readonly done: boolean;
  /** Whether something is to be done before virtual time goes on: an evaluation, or the end. */
  readonly busy: boolean;
  /** Says who takes part, and has the model scored. */
  begin(): void;
  /** Has everybody begin to work; what goes wrong later is told to `fail`. */
  serve(fail: (error: unknown) => void): Served;
  /** Does a slice of a pending evaluation; false when none is pending. */
  evaluate(): boolean;
  /** Asks for the model to be scored before anything else happens. */
  measure(): void;
  /** Ends the run: the model is scored once more, and nothing else happens. */
  end(): void;
  /** @throws DeadlockError when nothing is left to happen but `timers` actions, or nothing comes of what happens. */
  requireProgress(timers: number): void;
  /** Lets go of what the run holds besides memory. */
  close(): void;
}
