import type { SchedulerAction } from 'rxjs';
import { Subscription } from 'rxjs';
import type { EventQueue, Queued } from './event-queue.js';
import { notQueued } from './event-queue.js';
import type { SimulationTime } from './time.js';

/** An entry of the agenda: runs its work when its time has come. */
export interface Fireable extends Queued {
  fire(): void;
}

/** The clock and what is still to be done. */
export interface Agenda {
  now: SimulationTime;
  readonly queue: EventQueue<Fireable>;
}

/** @throws RangeError unless `delay` is a finite number that is not negative. */
export const requireDelay = (delay: SimulationTime): void => {
  if (!(delay >= 0 && delay < Infinity)) {
    throw new RangeError(`A delay must be a finite number of virtual milliseconds >= 0, got ${delay}.`);
  }
};

/** A piece of work with its state, due at most once at a time; scheduling it again reuses it and its place in memory. */
export class VirtualAction<T> extends Subscription implements SchedulerAction<T>, Fireable {
  rank = notQueued;
  readonly #agenda: Agenda;
  readonly #work: (this: SchedulerAction<T>, state?: T) => void;
  #state: T | undefined = undefined;

  constructor(agenda: Agenda, work: (this: SchedulerAction<T>, state?: T) => void) {
    super();
    this.#agenda = agenda;
    this.#work = work;
  }

  /**
   * Makes the action due `delay` from now, instead of when it was due before; nothing happens once it has been unsubscribed.
   * RangeError unless `delay` is a finite number that is not negative.
   */
  schedule(state?: T, delay: SimulationTime = 0): this {
    if (this.closed) return this;
    requireDelay(delay);
    this.#agenda.queue.push(this, this.#agenda.now + delay);
    this.#state = state;
    return this;
  }

  /** Runs the work. An exception unsubscribes the action and passes on to the caller. */
  fire(): void {
    try {
      this.#work(this.#state);
    } catch (error) {
      this.unsubscribe();
      throw error;
    }
  }

  /** Cancels the action for good, in O(1). */
  override unsubscribe(): void {
    if (this.closed) return;
    this.#agenda.queue.cancel(this);
    this.#state = undefined;
    super.unsubscribe();
  }
}
