import type { Observable, SchedulerLike } from 'rxjs';
import type { Random } from '../../random/random.js';

/** What becomes of work when its worker goes away: it stands still, it is lost, or the worker finishes it first. */
export type During = 'pause' | 'lose' | 'finish';

/**
 * When a worker is there (true) and when it isn't, in virtual time; there from the start, unless told at once. Equal values in
 * a row are one. A stream that has completed says that the worker stays as it is for good.
 */
export type Presence = (scheduler: SchedulerLike, random: Random) => Observable<boolean>;

/** When a worker is there, and what becomes of its work when it goes away. */
export interface Availability {
  readonly during: During;
  readonly presence: Presence;
}

/** The worker whose availability is made. */
export interface Attendant {
  /** Its number, from 1. */
  readonly worker: number;
  /** What formulas of its delays may use. */
  readonly variables: Readonly<Record<string, number>>;
}

/** Makes a worker's availability. @throws RangeError with one sentence where the worker's numbers make none. */
export type AvailabilityRule = (attendant: Attendant) => Availability;

/** How a part of the registry is made: from its options alone, or from a file's content. */
export type AvailabilitySource =
  | { readonly kind: 'rule'; readonly rule: AvailabilityRule }
  /** `read` takes a file's content, its path and how many workers there are; it throws an Error that names file and line at fault. */
  | {
      readonly kind: 'file';
      readonly file: string;
      readonly read: (bytes: Uint8Array, path: string, workers: number) => AvailabilityRule;
    };
