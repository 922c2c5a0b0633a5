import { loadLanes, sumEach, sumLanes } from './lanes';
import { multiply } from './multiply';

/** The scalar products of 2 rows at `x` with 4 at `w`, `inputs` numbers long, plus the 4 biases at `bias`. */
function tile2x4(inputs: usize, x: usize, w: usize, bias: usize, output: usize, outputRow: usize): void {
  let c00 = f32x4.splat(0), c01 = c00, c02 = c00, c03 = c00;
  let c10 = c00, c11 = c00, c12 = c00, c13 = c00;
  const row: usize = 4 * inputs;
  let x1 = x + row;
  let w1 = w + row;
  let w2 = w1 + row;
  let w3 = w2 + row;
  const tail = inputs & 3;
  for (const end = x + row - 4 * tail; x < end; ) {
    const xs = v128.load(x);
    const ys = v128.load(x1);
    let ws = v128.load(w);
    c00 = f32x4.add(c00, f32x4.mul(xs, ws));
    c10 = f32x4.add(c10, f32x4.mul(ys, ws));
    ws = v128.load(w1);
    c01 = f32x4.add(c01, f32x4.mul(xs, ws));
    c11 = f32x4.add(c11, f32x4.mul(ys, ws));
    ws = v128.load(w2);
    c02 = f32x4.add(c02, f32x4.mul(xs, ws));
    c12 = f32x4.add(c12, f32x4.mul(ys, ws));
    ws = v128.load(w3);
    c03 = f32x4.add(c03, f32x4.mul(xs, ws));
    c13 = f32x4.add(c13, f32x4.mul(ys, ws));
    x += 16;
    x1 += 16;
    w += 16;
    w1 += 16;
    w2 += 16;
    w3 += 16;
  }
  if (tail != 0) {
    const xs = loadLanes(x, tail);
    const ys = loadLanes(x1, tail);
    let ws = loadLanes(w, tail);
    c00 = f32x4.add(c00, f32x4.mul(xs, ws));
    c10 = f32x4.add(c10, f32x4.mul(ys, ws));
    ws = loadLanes(w1, tail);
    c01 = f32x4.add(c01, f32x4.mul(xs, ws));
    c11 = f32x4.add(c11, f32x4.mul(ys, ws));
    ws = loadLanes(w2, tail);
    c02 = f32x4.add(c02, f32x4.mul(xs, ws));
    c12 = f32x4.add(c12, f32x4.mul(ys, ws));
    ws = loadLanes(w3, tail);
    c03 = f32x4.add(c03, f32x4.mul(xs, ws));
    c13 = f32x4.add(c13, f32x4.mul(ys, ws));
  }
  const biases = v128.load(bias);
  v128.store(output, f32x4.add(sumEach(c00, c01, c02, c03), biases));
  v128.store(output + outputRow, f32x4.add(sumEach(c10, c11, c12, c13), biases));
}

/** The scalar product of `x` and `w`, `inputs` numbers long, plus the bias at `bias`: the same sum as in a tile. */
function entry(inputs: usize, x: usize, w: usize, bias: usize): f32 {
  let sums = f32x4.splat(0);
  const tail = inputs & 3;
  for (const end = x + 4 * (inputs - tail); x < end; x += 16) {
    sums = f32x4.add(sums, f32x4.mul(v128.load(x), v128.load(w)));
    w += 16;
  }
  if (tail != 0) sums = f32x4.add(sums, f32x4.mul(loadLanes(x, tail), loadLanes(w, tail)));
  return sumLanes(sums) + load<f32>(bias);
}

/**
 * output = input·Wᵀ + b: `rows` rows of `inputs` numbers to rows of `width`, W as [width][inputs]. float32; a sum runs in four
 * parts, those of k mod 4, whatever the number of rows.
 */
export function dense(
  rows: usize,
  inputs: usize,
  width: usize,
  input: usize,
  weights: usize,
  biases: usize,
  output: usize,
): void {
  const pairs: usize = width < 4 ? <usize>0 : rows & ~1;
  const row: usize = 4 * inputs;
  // Four rows of W at a time stay in the nearest cache while the input passes. The last four are moved back to the edge.
  for (let j: usize = 0; j < width && pairs > 0; j += 4) {
    const from = min(j, width - 4);
    for (let i: usize = 0; i < pairs; i += 2) {
      const to: usize = output + 4 * (i * width + from);
      tile2x4(inputs, input + i * row, weights + from * row, biases + 4 * from, to, 4 * width);
    }
  }
  for (let i: usize = pairs; i < rows; i++) {
    for (let j: usize = 0; j < width; j++) {
      store<f32>(output + 4 * (i * width + j), entry(inputs, input + i * row, weights + j * row, biases + 4 * j));
    }
  }
}

/** out[j] = Σ_i matrix[i][j] for `rows` rows of `columns` numbers, from the first row on. */
function sumColumns(rows: usize, columns: usize, matrix: usize, out: usize): void {
  for (let j: usize = 0; j < columns; j++) {
    let sum: f64 = 0;
    for (let i: usize = 0; i < rows; i++) sum += load<f32>(matrix + 4 * (i * columns + j));
    store<f32>(out + 4 * j, <f32>sum);
  }
}

/** From the gradient in the output of `dense`, writes those in W and b. */
export function denseParameterGradient(
  rows: usize,
  inputs: usize,
  width: usize,
  input: usize,
  outputGradient: usize,
  weightGradient: usize,
  biasGradient: usize,
): void {
  const row: usize = 4 * inputs;
  multiply(width, inputs, rows, outputGradient, 4, 4 * width, input, row, weightGradient, row);
  sumColumns(rows, width, outputGradient, biasGradient);
}

/** From the gradient in the output of `dense`, writes that in its input. */
export function denseInputGradient(
  rows: usize,
  inputs: usize,
  width: usize,
  weights: usize,
  outputGradient: usize,
  inputGradient: usize,
): void {
  const row: usize = 4 * inputs;
  multiply(rows, inputs, width, outputGradient, 4 * width, 4, weights, row, inputGradient, row);
}
