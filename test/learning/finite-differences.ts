import type { Batch, Objective } from '../../src/learning/objective.js';
import { newVector, type Vector } from '../../src/kernels/vector.js';

/** The gradient of a float64 objective by central differences, coordinate by coordinate; exact to about 1e-9. */
export const centralDifferences = (
  objective: Objective,
  params: Float64Array,
  batch: Batch,
  h = 1e-5,
): Float64Array => {
  const scratch = new Float64Array(params.length);
  return params.map((value, k) => {
    const moved = params.slice();
    moved[k] = value + h;
    const above = objective.gradient(moved, batch, scratch);
    moved[k] = value - h;
    return (above - objective.gradient(moved, batch, scratch)) / (2 * h);
  });
};

/** (f(params + h·direction) − f(params − h·direction))/2h. */
export const directionalDifference = (
  objective: Objective,
  params: Vector,
  batch: Batch,
  direction: Vector,
  h: number,
): number => {
  const scratch = newVector(objective.precision, params.length);
  const at = (step: number) =>
    objective.gradient(
      params.map((value, k) => value + step * direction[k]!),
      batch,
      scratch,
    );
  return (at(h) - at(-h)) / (2 * h);
};

/** ‖a − b‖/‖b‖. */
export const relativeDistance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let difference = 0;
  let length = 0;
  for (let k = 0; k < b.length; k++) {
    difference += (a[k]! - b[k]!) ** 2;
    length += b[k]! ** 2;
  }
  return Math.sqrt(difference / length);
};
