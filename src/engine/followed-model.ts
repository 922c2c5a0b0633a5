import type { Kernels } from '../kernels/kernels.js';
import type { Precision, ReadonlyVector, Vector } from '../kernels/vector.js';

/** How far a model moves in each step, for rules that go by it: for a copy of the model, O(d) a step. */
export class FollowedModel {
  /** ‖x^k − x^{k−1}‖ of the last step; undefined before the first. */
  moved: number | undefined;
  readonly #before: Vector;

  constructor(
    readonly model: ReadonlyVector,
    precision: Precision,
    readonly kernels: Kernels,
  ) {
    this.#before = kernels.memory.vector(precision, model.length);
  }

  /** The model is about to move. */
  leave(): void {
    this.#before.set(this.model);
  }

  /** The model has moved. */
  arrive(): void {
    const { model } = this;
    this.moved = Math.sqrt(this.kernels.vectors.squaredDistance(model, this.#before, model.length));
  }
}
