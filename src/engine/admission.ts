import type { Vector } from '../kernels/vector.js';
import { DeadlockError } from './deadlock-error.js';
import type { Plan } from './plan.js';
import type { Policy, PolicyContext } from './policy.js';

/** As many rejections in a row, and as many more for each worker, are taken for the end of a run that has no end in time. */
const PATIENCE = 1000;
const PATIENCE_PER_WORKER = 100;

/** A plan's policy at work: every message passes here before it counts. Without a policy, all do. */
export class Admission {
  readonly #policy: Policy | undefined;
  readonly #message = { worker: 0, staleness: 0 };
  /** Messages rejected since the last one that counted. */
  #rejected = 0;

  constructor(
    readonly plan: Plan,
    context: Omit<PolicyContext, 'workers' | 'random' | 'clean'>,
  ) {
    const { policy, workers, random, clean = null } = plan;
    this.#policy = policy?.create({ ...context, workers: workers.length, random: random.fork('policy'), clean });
  }

  /**
   * Whether a worker's message counts; `vector` becomes what it counts as.
   * @throws DeadlockError when nothing has counted for so long that nothing ever will.
   */
  admits(worker: number, staleness: number, step: number, now: number, vector: Vector): boolean {
    if (!this.#policy) return true;
    this.#message.worker = worker;
    this.#message.staleness = staleness;
    if (this.#policy.admits(this.#message, vector)) {
      this.#rejected = 0;
      return true;
    }
    this.#rejected += 1;
    const { workers, stop } = this.plan;
    if (stop.time === undefined && this.#rejected >= PATIENCE + PATIENCE_PER_WORKER * workers.length)
      throw new DeadlockError(
        now,
        `after step ${step}, the server waits for a message that its policy lets count; it has rejected the last ${this.#rejected}, of all workers`,
        'nothing comes of what happens',
      );
    return false;
  }

  /** The model leaves for a worker. */
  sent(worker: number): void {
    this.#policy?.sent?.(worker);
  }

  /** Whether everybody is to begin anew. */
  over(): boolean {
    return this.#policy?.over?.() ?? false;
  }
}
