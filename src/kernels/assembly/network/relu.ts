/** output = max(0, input) for `count` numbers, float32; NaN stays NaN: a diverged model must show. */
export function relu(count: usize, input: usize, output: usize): void {
  const zero = f32x4.splat(0);
  const end = input + 4 * count;
  for (; input + 16 <= end; input += 16) {
    const values = v128.load(input);
    v128.store(output, v128.andnot(values, f32x4.le(values, zero)));
    output += 16;
  }
  for (; input < end; input += 4) {
    const value = load<f32>(input);
    store<f32>(output, value <= 0 ? 0 : value);
    output += 4;
  }
}

/** inputGradient = outputGradient where `output` of `relu` is not 0, else 0. */
export function reluBackward(count: usize, output: usize, outputGradient: usize, inputGradient: usize): void {
  const zero = f32x4.splat(0);
  const end = output + 4 * count;
  for (; output + 16 <= end; output += 16) {
    const closed = f32x4.le(v128.load(output), zero);
    v128.store(inputGradient, v128.andnot(v128.load(outputGradient), closed));
    outputGradient += 16;
    inputGradient += 16;
  }
  for (; output < end; output += 4) {
    store<f32>(inputGradient, load<f32>(output) <= 0 ? 0 : load<f32>(outputGradient));
    outputGradient += 4;
    inputGradient += 4;
  }
}
