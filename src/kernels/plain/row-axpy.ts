import type { Vector } from '../vector.js';
import type { Rows } from '../rows.js';

/** out[offset .. offset + features) += coefficient · row `row` of `inputs`. Touches the row's entries only. */
export const rowAxpy = (inputs: Rows, row: number, coefficient: number, out: Vector, offset: number): void => {
  const { features, values } = inputs;
  if (inputs.kind === 'dense') {
    const start = row * features;
    for (let k = 0; k < features; k++) out[offset + k]! += coefficient * values[start + k]!;
    return;
  }
  const { columns, starts } = inputs;
  const end = starts[row + 1]!;
  for (let entry = starts[row]!; entry < end; entry++) out[offset + columns[entry]!]! += coefficient * values[entry]!;
};
