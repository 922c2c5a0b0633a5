import type { Rows } from '../dataset.js';

/** Writes the first `count` of `rows` of `inputs` to `out`, one after another, as dense float32 rows. */
export const gatherRows = (inputs: Rows, rows: Int32Array, count: number, out: Float32Array): void => {
  const { features, values } = inputs;
  if (inputs.kind === 'sparse') out.fill(0, 0, count * features);
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    const to = i * features;
    if (inputs.kind === 'dense') {
      const from = row * features;
      for (let k = 0; k < features; k++) out[to + k] = values[from + k]!;
    } else {
      const end = inputs.starts[row + 1]!;
      for (let entry = inputs.starts[row]!; entry < end; entry++) out[to + inputs.columns[entry]!] = values[entry]!;
    }
  }
};
