import type { Vector } from '../kernels/vector.js';
import type { Objective, Scores } from '../learning/objective.js';
import type { Plan } from './plan.js';

/** Whose model is scored. */
export interface Scored {
  readonly plan: Pick<Plan, 'measure'>;
  readonly objective: Objective;
  readonly model: Vector;
  readonly statistics: Vector;
  readonly steps: number;
  readonly gradients: number;
}

/** When a server's model is scored, and how far that has come: in slices, before anything else happens. */
export class Scoring {
  #evaluation: Generator<void, Scores> | undefined;
  /** The step after which it was asked for last. */
  #at = -1;
  /** Gradients at which it is due next; 0 where that is not settled. */
  #next = 0;

  constructor(readonly server: Scored) {}

  get pending(): boolean {
    return this.#evaluation !== undefined;
  }

  /** Whether the plan has the model scored after the step that was just made; asked once a step. */
  isDue(): boolean {
    const { plan, steps, gradients } = this.server;
    const { measure } = plan;
    if (measure.kind === 'steps') return steps % measure.steps === 0;
    if (measure.kind !== 'gradients' || gradients < (this.#next ||= measure.gradients)) return false;
    this.#next = (Math.floor(gradients / measure.gradients) + 1) * measure.gradients;
    return true;
  }

  /** Asks for it; once a step, unless the plan measures by time. */
  ask(): void {
    const { plan, steps } = this.server;
    if (this.#at !== steps || plan.measure.kind === 'time') this.#begin();
  }

  /** Asks for it if it wasn't asked for since the last step. */
  askLast(): void {
    if (this.#at !== this.server.steps) this.#begin();
  }

  /** Does a slice of what is pending; the scores, once they are there. */
  next(): Scores | undefined {
    const { done, value } = this.#evaluation!.next();
    if (!done) return undefined;
    this.#evaluation = undefined;
    return value;
  }

  #begin(): void {
    const { objective, model, statistics, steps } = this.server;
    this.#at = steps;
    this.#evaluation ??= objective.evaluate(model, statistics);
  }
}
