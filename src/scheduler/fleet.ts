import type { Soon } from './herald.js';
import type { SimulationTime } from './time.js';
import { requireDelay, type Agenda } from './virtual-action.js';

/**
 * The same piece of work for many, by their numbers from 0, each due at most once at a time. Nothing is kept of one but its time:
 * of a million, no more memory is touched than need be.
 */
export class Fleet {
  readonly #agenda: Agenda;
  /** The queue's number of the first one. */
  readonly first: number;

  constructor(
    agenda: Agenda,
    /** How many there are. */
    readonly size: number,
    /** What is done when one's time has come. */
    readonly work: (each: number) => void,
    readonly soon: Soon | undefined,
  ) {
    this.#agenda = agenda;
    this.first = agenda.queue.enlist(size);
  }

  /**
   * Makes one due `delay` from now, instead of when it was due before.
   * RangeError unless `delay` is a finite number that is not negative.
   */
  schedule(each: number, delay: SimulationTime): void {
    requireDelay(delay);
    this.#agenda.queue.pushMember(this.first + each, this.#agenda.now + delay);
  }

  /** Calls one off, in O(1); false if it wasn't due. */
  cancel(each: number): boolean {
    return this.#agenda.queue.cancelMember(this.first + each);
  }

  /** Whether a number of the queue's is that of one of this fleet. */
  has(member: number): boolean {
    return member >= this.first && member < this.first + this.size;
  }

  /** Whether one is due. */
  isDue(each: number): boolean {
    return this.#agenda.queue.hasMember(this.first + each);
  }
}
