import type { ReadonlyVector, Vector } from '../../kernels/vector.js';
import type { SeenModels } from './server-attack.js';

/** The mean of the models' k-th numbers. O(models). */
export const meanAt = ({ count, vectors }: SeenModels, k: number): number => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += vectors[i]![k]!;
  return sum / count;
};

/** How far training has come: the distance of the models' mean from the start. O(d·models). */
export const progressOf = (models: SeenModels, start: ReadonlyVector): number => {
  let sum = 0;
  for (let k = 0; k < start.length; k++) {
    const gone = meanAt(models, k) - start[k]!;
    sum += gone * gone;
  }
  return Math.sqrt(sum);
};

/** The largest distance between two of the models; 0 of one. O(d·models²). */
export const diameterOf = ({ count, vectors }: SeenModels): number => {
  let largest = 0;
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j < count; j++) {
      let sum = 0;
      for (let k = 0; k < vectors[i]!.length; k++) {
        const apart = vectors[i]![k]! - vectors[j]![k]!;
        sum += apart * apart;
      }
      largest = Math.max(largest, sum);
    }
  return Math.sqrt(largest);
};

/** Stretches a vector to a length; one of length 0 stays as it is. */
export const stretch = (vector: Vector, length: number): void => {
  let sum = 0;
  for (let k = 0; k < vector.length; k++) sum += vector[k]! * vector[k]!;
  if (sum === 0) return;
  const scale = length / Math.sqrt(sum);
  for (let k = 0; k < vector.length; k++) vector[k] = vector[k]! * scale;
};
