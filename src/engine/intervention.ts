import type { Every } from '../registry/every.js';
import type { Formula } from '../registry/formula.js';

/** Something that happens at one moment of a run because its script says so. */
export type Intervention = {
  /** How long, or how many server steps, after the run's start: before anything else that happens then, or right after the step. */
  readonly at: Every;
  /** What happens, in words. */
  readonly text: string;
} & (
  | {
      /** Workers (numbered from 0) turn Byzantine, or honest. */
      readonly kind: 'turn';
      readonly workers: readonly number[];
      readonly byzantine: boolean;
    }
  | {
      /** The method's learning rate is this formula of t (also called step) from now on. */
      readonly kind: 'lr';
      readonly lr: Formula;
    }
  | {
      /** It is told, and that is all: what happens is seen to elsewhere. */
      readonly kind: 'told';
    }
);
