import type { SchedulerAction, SchedulerLike, Subscription } from 'rxjs';
import { Branch } from './branch.js';
import { eventQueue } from './event-queue.js';
import type { Soon } from './herald.js';
import { Fleet } from './fleet.js';
import { StalledError } from './stalled-error.js';
import type { SimulationTime } from './time.js';
import type { Agenda, Fireable } from './virtual-action.js';
import { VirtualAction } from './virtual-action.js';

/** The options of a `VirtualTimeScheduler`. */
export interface VirtualTimeOptions {
  /** How many events may fire without virtual time moving on before the run counts as stalled; 1,000,000 unless told. */
  readonly maxEventsAtOneInstant?: number;
}

/**
 * RxJS's scheduler interface over virtual time: every operator that takes a scheduler runs on it.
 * Actions fire in order of (time, order of scheduling), one with each `step`; nothing happens between steps.
 */
export class VirtualTimeScheduler implements SchedulerLike {
  readonly #agenda: Agenda = { now: 0, queue: eventQueue<Fireable>((members, count) => this.#herald(members, count)) };
  readonly #fleets: Fleet[] = [];
  #numbers = new Int32Array(0);
  readonly #maxEventsAtOneInstant: number;
  #fired = 0;
  #eventsAtThisInstant = 0;

  /** RangeError unless `maxEventsAtOneInstant` is at least 1. */
  constructor({ maxEventsAtOneInstant = 1_000_000 }: VirtualTimeOptions = {}) {
    if (!(maxEventsAtOneInstant >= 1)) {
      throw new RangeError(`maxEventsAtOneInstant must be at least 1, got ${maxEventsAtOneInstant}.`);
    }
    this.#maxEventsAtOneInstant = maxEventsAtOneInstant;
  }

  /** The instant of the last event, in virtual milliseconds; 0 before the first. */
  now(): SimulationTime {
    return this.#agenda.now;
  }

  /** Number of actions that have fired. */
  get fired(): number {
    return this.#fired;
  }

  /** Number of actions that are due, now or later. */
  get pending(): number {
    return this.#agenda.queue.length;
  }

  /** When the next action is due, in virtual milliseconds; Infinity when none is. */
  nextTime(): SimulationTime {
    return this.#agenda.queue.peekTime();
  }

  /**
   * Has `work` called with `state` in `delay` virtual milliseconds; unsubscribing cancels it in O(1).
   * Inside `work`, `this.schedule(state, delay)` makes the same action due again without allocating anything.
   * RangeError unless `delay` is a finite number that is not negative.
   */
  schedule<T>(work: (this: SchedulerAction<T>, state: T) => void, delay: SimulationTime, state: T): Subscription;
  schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay?: SimulationTime, state?: T): Subscription;
  schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay: SimulationTime = 0, state?: T): Subscription {
    return new VirtualAction(this.#agenda, work).schedule(state, delay);
  }

  /**
   * The same piece of work for so many, each due when the fleet is told. `soon` is told of some that will be due soon, in no order,
   * where many are; they are lent until it returns. A hint: whoever keeps data of each can have those of all fetched from memory at
   * once, in far less time than one by one.
   */
  fleet(size: number, work: (each: number) => void, soon?: Soon): Fleet {
    const fleet = new Fleet(this.#agenda, size, work, soon);
    this.#fleets.push(fleet);
    return fleet;
  }

  /** A scheduler on this clock and agenda that counts its own actions. */
  branch(): Branch {
    return new Branch(this.#agenda);
  }

  /**
   * Moves the clock to the next action and fires it; false when none is due at or before `until`.
   * What the action throws passes on to the caller; the other actions stay as they are, and stepping can go on.
   * StalledError instead of one event too many at the same instant.
   */
  step(until: SimulationTime = Infinity): boolean {
    const agenda = this.#agenda;
    const time = agenda.queue.peekTime();
    if (!(time <= until)) {
      if (Number.isNaN(until)) throw new RangeError('The time to step to must be a number, got NaN.');
      return false;
    }
    if (time !== agenda.now) this.#eventsAtThisInstant = 0;
    else if (this.#eventsAtThisInstant >= this.#maxEventsAtOneInstant) {
      throw new StalledError(time, this.#eventsAtThisInstant);
    }
    const action = agenda.queue.pop();
    if (action === undefined) return false;
    agenda.now = time;
    this.#eventsAtThisInstant++;
    this.#fired++;
    if (typeof action === 'object') action.fire();
    else this.#fire(action);
    return true;
  }

  #fire(member: number): void {
    for (const fleet of this.#fleets) if (fleet.has(member)) fleet.work(member - fleet.first);
  }

  #herald(members: Int32Array, count: number): void {
    if (this.#numbers.length < count) this.#numbers = new Int32Array(2 * count);
    const numbers = this.#numbers;
    for (const fleet of this.#fleets) {
      if (!fleet.soon) continue;
      let own = 0;
      for (let k = 0; k < count; k++) if (fleet.has(members[k]!)) numbers[own++] = members[k]! - fleet.first;
      if (own > 0) fleet.soon(numbers, own);
    }
  }
}
