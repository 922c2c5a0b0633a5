import type { ReadonlyVector } from '../vector.js';
import type { Rows } from '../rows.js';

/** ⟨row `row` of `inputs`, vector[offset .. offset + features)⟩, summed in float64 in the order of the columns. */
export const rowDot = (inputs: Rows, row: number, vector: ReadonlyVector, offset: number): number => {
  let sum = 0;
  const { features, values } = inputs;
  if (inputs.kind === 'dense') {
    const start = row * features;
    for (let k = 0; k < features; k++) sum += values[start + k]! * vector[offset + k]!;
    return sum;
  }
  const { columns, starts } = inputs;
  const end = starts[row + 1]!;
  for (let entry = starts[row]!; entry < end; entry++) sum += values[entry]! * vector[offset + columns[entry]!]!;
  return sum;
};
