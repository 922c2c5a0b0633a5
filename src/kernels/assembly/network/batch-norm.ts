/** Keeps the deviation of a constant feature away from 0. */
const epsilon: f64 = 1e-5;

/** output = γ·x̂ + β, all of one column `width` apart. */
@inline
function scale(normalized: f64, gamma: f64, beta: f64, output: usize): void {
  store<f32>(output, <f32>(normalized * gamma + beta));
}

/**
 * Batch normalisation in training: brings each of the `width` columns of `rows` rows to mean 0 and variance 1 (`normalized`),
 * then `output` = γ·normalized + β. `gammas` holds the γ and after them the β. Writes the columns' means (float64) to
 * `moments` and after them their biased variances. Data float32, in between float64.
 */
export function batchNorm(
  rows: usize,
  width: usize,
  input: usize,
  gammas: usize,
  normalized: usize,
  output: usize,
  moments: usize,
): void {
  for (let j: usize = 0; j < width; j++) {
    let sum: f64 = 0;
    for (let i: usize = 0; i < rows; i++) sum += load<f32>(input + 4 * (i * width + j));
    const mean = sum / <f64>rows;
    let squares: f64 = 0;
    for (let i: usize = 0; i < rows; i++) {
      const difference = <f64>load<f32>(input + 4 * (i * width + j)) - mean;
      squares += difference * difference;
    }
    const variance = squares / <f64>rows;
    store<f64>(moments + 8 * j, mean);
    store<f64>(moments + 8 * (width + j), variance);
    const inverse = 1 / sqrt(variance + epsilon);
    const gamma = <f64>load<f32>(gammas + 4 * j);
    const beta = <f64>load<f32>(gammas + 4 * (width + j));
    for (let i: usize = 0; i < rows; i++) {
      const at: usize = 4 * (i * width + j);
      const value = (<f64>load<f32>(input + at) - mean) * inverse;
      store<f32>(normalized + at, <f32>value);
      scale(value, gamma, beta, output + at);
    }
  }
}

/** Batch normalisation in evaluation, by the running `means` and `variances` (float64). */
export function batchNormPredict(
  rows: usize,
  width: usize,
  input: usize,
  gammas: usize,
  moments: usize,
  output: usize,
): void {
  for (let j: usize = 0; j < width; j++) {
    const mean = load<f64>(moments + 8 * j);
    const inverse = 1 / sqrt(load<f64>(moments + 8 * (width + j)) + epsilon);
    const gamma = <f64>load<f32>(gammas + 4 * j);
    const beta = <f64>load<f32>(gammas + 4 * (width + j));
    for (let i: usize = 0; i < rows; i++) {
      const at: usize = 4 * (i * width + j);
      scale((<f64>load<f32>(input + at) - mean) * inverse, gamma, beta, output + at);
    }
  }
}

/**
 * After `batchNorm`: from the gradient in `output` writes those in γ and after them in β to `gammaGradient`, and that in the
 * input, γ_j/√(variance_j + ε) · (∂y_ij − ∂β_j/rows − x̂_ij·∂γ_j/rows). Ioffe & Szegedy 2015, section 3.
 */
export function batchNormBackward(
  rows: usize,
  width: usize,
  normalized: usize,
  moments: usize,
  gammas: usize,
  outputGradient: usize,
  gammaGradient: usize,
  inputGradient: usize,
): void {
  for (let j: usize = 0; j < width; j++) {
    let dBeta: f64 = 0;
    let dGamma: f64 = 0;
    for (let i: usize = 0; i < rows; i++) {
      const at: usize = 4 * (i * width + j);
      const d = <f64>load<f32>(outputGradient + at);
      dBeta += d;
      dGamma += d * <f64>load<f32>(normalized + at);
    }
    store<f32>(gammaGradient + 4 * j, <f32>dGamma);
    store<f32>(gammaGradient + 4 * (width + j), <f32>dBeta);
    const factor = <f64>load<f32>(gammas + 4 * j) / sqrt(load<f64>(moments + 8 * (width + j)) + epsilon);
    const meanBeta = dBeta / <f64>rows;
    const meanGamma = dGamma / <f64>rows;
    for (let i: usize = 0; i < rows; i++) {
      const at: usize = 4 * (i * width + j);
      const centred = <f64>load<f32>(outputGradient + at) - meanBeta - <f64>load<f32>(normalized + at) * meanGamma;
      store<f32>(inputGradient + at, <f32>(factor * centred));
    }
  }
}
