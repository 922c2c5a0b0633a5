/** A layer, as the slow network below understands it. */
export type ReferenceLayer =
  | { readonly kind: 'convolution'; readonly filters: number; readonly size: number }
  | { readonly kind: 'dense'; readonly width: number }
  | { readonly kind: 'relu' }
  | { readonly kind: 'max-pool' }
  | { readonly kind: 'batch-norm' };

type Shape = readonly number[];
type Rows = number[][];

/** What a layer made of its input, and how it passes a gradient back: gradients of its parameters, then of its input. */
interface Step {
  readonly shape: Shape;
  readonly output: Rows;
  readonly parameters: number;
  readonly backward: (outputGradient: Rows) => { parameterGradient: number[]; inputGradient: Rows };
}

const zeros = (length: number): number[] => new Array<number>(length).fill(0);
const zerosLike = (rows: Rows): Rows => rows.map((row) => zeros(row.length));

const convolution = (p: readonly number[], input: Rows, shape: Shape, filters: number, size: number): Step => {
  const [height = 0, width = 0, channels = 0] = shape;
  const outHeight = height - size + 1;
  const outWidth = width - size + 1;
  const bias = filters * size * size * channels;
  /** Visits every product of the convolution: output, weight and input positions within their row. */
  const everyProduct = (visit: (out: number, weight: number, from: number) => void) => {
    for (let y = 0; y < outHeight; y++)
      for (let x = 0; x < outWidth; x++)
        for (let n = 0; n < filters; n++)
          for (let dy = 0; dy < size; dy++)
            for (let dx = 0; dx < size; dx++)
              for (let c = 0; c < channels; c++)
                visit(
                  (y * outWidth + x) * filters + n,
                  ((n * size + dy) * size + dx) * channels + c,
                  ((y + dy) * width + x + dx) * channels + c,
                );
  };
  const output = input.map((row) => {
    const out = zeros(outHeight * outWidth * filters).map((_, k) => p[bias + (k % filters)]!);
    everyProduct((to, weight, from) => (out[to]! += p[weight]! * row[from]!));
    return out;
  });
  const backward: Step['backward'] = (outputGradient) => {
    const parameterGradient = zeros(bias + filters);
    const inputGradient = zerosLike(input);
    input.forEach((row, i) => {
      const d = outputGradient[i]!;
      d.forEach((value, k) => (parameterGradient[bias + (k % filters)]! += value));
      everyProduct((to, weight, from) => {
        parameterGradient[weight]! += d[to]! * row[from]!;
        inputGradient[i]![from]! += d[to]! * p[weight]!;
      });
    });
    return { parameterGradient, inputGradient };
  };
  return { shape: [outHeight, outWidth, filters], output, parameters: bias + filters, backward };
};

const maxPool = (input: Rows, shape: Shape): Step => {
  const [height = 0, width = 0, channels = 0] = shape;
  const outHeight = Math.floor(height / 2);
  const outWidth = Math.floor(width / 2);
  const winners = input.map((row) => {
    const best: number[] = [];
    for (let y = 0; y < outHeight; y++)
      for (let x = 0; x < outWidth; x++)
        for (let c = 0; c < channels; c++) {
          const window = [0, 1].flatMap((dy) => [0, 1].map((dx) => ((2 * y + dy) * width + 2 * x + dx) * channels + c));
          best.push(window.reduce((winner, k) => (row[k]! > row[winner]! ? k : winner)));
        }
    return best;
  });
  return {
    shape: [outHeight, outWidth, channels],
    output: input.map((row, i) => winners[i]!.map((k) => row[k]!)),
    parameters: 0,
    backward: (outputGradient) => {
      const inputGradient = zerosLike(input);
      winners.forEach((best, i) => best.forEach((k, o) => (inputGradient[i]![k]! += outputGradient[i]![o]!)));
      return { parameterGradient: [], inputGradient };
    },
  };
};

const dense = (p: readonly number[], input: Rows, width: number): Step => {
  const inputs = input[0]!.length;
  const bias = width * inputs;
  const output = input.map((row) =>
    zeros(width).map((_, n) => row.reduce((sum, value, k) => sum + p[n * inputs + k]! * value, p[bias + n]!)),
  );
  const backward: Step['backward'] = (outputGradient) => {
    const parameterGradient = zeros(bias + width);
    const inputGradient = zerosLike(input);
    input.forEach((row, i) => {
      outputGradient[i]!.forEach((d, n) => {
        parameterGradient[bias + n]! += d;
        row.forEach((value, k) => {
          parameterGradient[n * inputs + k]! += d * value;
          inputGradient[i]![k]! += d * p[n * inputs + k]!;
        });
      });
    });
    return { parameterGradient, inputGradient };
  };
  return { shape: [width], output, parameters: bias + width, backward };
};

const relu = (input: Rows, shape: Shape): Step => ({
  shape,
  output: input.map((row) => row.map((value) => Math.max(0, value))),
  parameters: 0,
  backward: (outputGradient) => ({
    parameterGradient: [],
    inputGradient: outputGradient.map((row, i) => row.map((d, k) => (input[i]![k]! > 0 ? d : 0))),
  }),
});

/** The textbook form: through the variance and the mean, one after the other. */
const batchNorm = (p: readonly number[], input: Rows, shape: Shape): Step => {
  const width = input[0]!.length;
  const m = input.length;
  const column = (rows: Rows, j: number) => rows.map((row) => row[j]!);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const output = zerosLike(input);
  const normalized = zerosLike(input);
  for (let j = 0; j < width; j++) {
    const mean = sum(column(input, j)) / m;
    const variance = sum(column(input, j).map((value) => (value - mean) ** 2)) / m;
    input.forEach((row, i) => {
      normalized[i]![j] = (row[j]! - mean) / Math.sqrt(variance + 1e-5);
      output[i]![j] = p[j]! * normalized[i]![j]! + p[width + j]!;
    });
  }
  const backward: Step['backward'] = (outputGradient) => {
    const parameterGradient = zeros(2 * width);
    const inputGradient = zerosLike(input);
    for (let j = 0; j < width; j++) {
      const x = column(input, j);
      const d = column(outputGradient, j);
      const mean = sum(x) / m;
      const variance = sum(x.map((value) => (value - mean) ** 2)) / m + 1e-5;
      parameterGradient[j] = sum(d.map((value, i) => value * normalized[i]![j]!));
      parameterGradient[width + j] = sum(d);
      const dNormalized = d.map((value) => value * p[j]!);
      const dVariance = sum(dNormalized.map((value, i) => (value * (x[i]! - mean) * -0.5) / variance ** 1.5));
      const dMean = sum(dNormalized.map((value) => -value / Math.sqrt(variance)));
      x.forEach((value, i) => {
        inputGradient[i]![j] = dNormalized[i]! / Math.sqrt(variance) + (dVariance * 2 * (value - mean)) / m + dMean / m;
      });
    }
    return { parameterGradient, inputGradient };
  };
  return { shape, output, parameters: 2 * width, backward };
};

const step = (layer: ReferenceLayer, p: readonly number[], input: Rows, shape: Shape): Step => {
  switch (layer.kind) {
    case 'convolution':
      return convolution(p, input, shape, layer.filters, layer.size);
    case 'dense':
      return dense(p, input, layer.width);
    case 'relu':
      return relu(input, shape);
    case 'max-pool':
      return maxPool(input, shape);
    case 'batch-norm':
      return batchNorm(p, input, shape);
  }
};

/** The mean softmax cross-entropy of a network and its gradient, slowly and in float64. */
export const referenceNetwork = (
  layers: readonly ReferenceLayer[],
  inputShape: Shape,
  params: ArrayLike<number>,
  input: Rows,
  labels: readonly number[],
): { loss: number; gradient: number[] } => {
  const steps: Step[] = [];
  let shape = inputShape;
  let rows = input;
  let rest = Array.from(params);
  for (const layer of layers) {
    const made = step(layer, rest, rows, shape);
    steps.push(made);
    rest = rest.slice(made.parameters);
    shape = made.shape;
    rows = made.output;
  }
  let loss = 0;
  let d = rows.map((logits, i) => {
    const sum = logits.reduce((total, value) => total + Math.exp(value), 0);
    loss += (Math.log(sum) - logits[labels[i]!]!) / rows.length;
    return logits.map((value, k) => (Math.exp(value) / sum - (k === labels[i] ? 1 : 0)) / rows.length);
  });
  const gradient: number[] = [];
  for (const made of steps.reverse()) {
    const { parameterGradient, inputGradient } = made.backward(d);
    gradient.unshift(...parameterGradient);
    d = inputGradient;
  }
  return { loss, gradient };
};
