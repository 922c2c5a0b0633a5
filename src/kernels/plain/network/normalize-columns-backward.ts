/**
 * The backward pass of y = γ·x̂ + β with x̂ from `normalizeColumns`: from ∂y (`outputGradient`, `rows` x `columns`) writes
 * ∂γ_j = Σ_i ∂y_ij·x̂_ij, ∂β_j = Σ_i ∂y_ij (to `gradient`, γ from `offset` on and β after it), and
 * ∂x_ij = γ_j/√(variance_j + ε) · (∂y_ij − ∂β_j/rows − x̂_ij·∂γ_j/rows). Ioffe & Szegedy 2015, section 3.
 */
export const normalizeColumnsBackward = (
  rows: number,
  columns: number,
  outputGradient: Float32Array,
  normalized: Float32Array,
  moments: Float64Array,
  epsilon: number,
  parameters: Float32Array,
  offset: number,
  gradient: Float32Array,
  inputGradient: Float32Array,
): void => {
  for (let j = 0; j < columns; j++) {
    let dBeta = 0;
    let dGamma = 0;
    for (let i = 0; i < rows; i++) {
      const d = outputGradient[i * columns + j]!;
      dBeta += d;
      dGamma += d * normalized[i * columns + j]!;
    }
    gradient[offset + j] = dGamma;
    gradient[offset + columns + j] = dBeta;
    const scale = parameters[offset + j]! / Math.sqrt(moments[columns + j]! + epsilon);
    const meanBeta = dBeta / rows;
    const meanGamma = dGamma / rows;
    for (let i = 0; i < rows; i++) {
      const k = i * columns + j;
      inputGradient[k] = scale * (outputGradient[k]! - meanBeta - normalized[k]! * meanGamma);
    }
  }
};
