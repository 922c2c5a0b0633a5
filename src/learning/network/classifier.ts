import { argMax } from '../../kernels/plain/arg-max.js';
import { softmax } from '../../kernels/plain/softmax.js';
import type { Dataset } from '../dataset.js';
import { evaluationSlice } from '../evaluation-slice.js';
import { gatherRows } from '../kernels/gather-rows.js';
import type { Objective } from '../objective.js';
import { rowBatches } from '../row-batches.js';
import type { LayerRule } from './layer.js';
import { sequence } from './sequence.js';

/** The mean cross-entropy of the softmax of `count` rows of `logits`; writes its gradient, (softmax − one-hot)/count. */
const crossEntropy = (
  logits: Float32Array,
  labels: Float64Array,
  count: number,
  classes: number,
  gradient: Float32Array,
): number => {
  let loss = 0;
  for (let i = 0; i < count; i++) {
    const start = i * classes;
    const label = start + labels[i]!;
    loss += softmax(logits, start, classes, gradient) - logits[label]!;
    gradient[label]! -= 1;
    for (let k = start; k < start + classes; k++) gradient[k]! /= count;
  }
  return loss / count;
};

/** Share of the newest batch in the running statistics, as in PyTorch. */
const newest = 0.1;

/**
 * The mean cross-entropy of the softmax of a network's last layer, which has an output for each class of `data`, over
 * minibatches of `batch` rows. Scores: `accuracy` and mean `loss` on the test examples, in evaluation mode.
 * float32, sums inside the kernels in float64.
 */
export const classifier = (rules: readonly LayerRule[], data: Dataset, batch: number): Objective => {
  const { classes, train, test } = data;
  const rows = Math.max(batch, evaluationSlice);
  const network = sequence(rules)({ shape: data.shape, rows, offset: 0, statisticsOffset: 0, first: true });
  const logits = network.output;
  // The kernels work on one kind of array, whatever the caller keeps its vectors in.
  const parameters = new Float32Array(network.parameters);
  const gradient = new Float32Array(network.parameters);
  const input = new Float32Array(rows * train.inputs.features);
  const logitGradient = new Float32Array(rows * classes);
  const testRows = new Int32Array(evaluationSlice);
  return {
    dimension: network.parameters,
    precision: 'float32',
    statistics: network.statistics,
    classes,
    metric: { name: 'accuracy', better: 'more' },
    initial: (random, out) => network.initial(random, out),
    initialStatistics: (out) => network.initialStatistics(out),
    ...rowBatches(train, batch),
    gradient: (params, sample, out, seen) => {
      const count = sample.rows.length;
      parameters.set(params);
      gatherRows(train.inputs, sample.rows, count, input);
      network.forward(parameters, input, count, seen);
      const loss = crossEntropy(logits, sample.labels, count, classes, logitGradient);
      gradient.fill(0);
      network.backward(parameters, input, logitGradient, count, gradient);
      out.set(gradient);
      return loss;
    },
    blend: (statistics, seen) => {
      for (let k = 0; k < statistics.length; k++) statistics[k]! += newest * (seen[k]! - statistics[k]!);
    },
    *evaluate(params, running) {
      let loss = 0;
      let correct = 0;
      for (let from = 0; from < test.count; from += evaluationSlice) {
        const count = Math.min(evaluationSlice, test.count - from);
        for (let i = 0; i < count; i++) testRows[i] = from + i;
        // A gradient may have been taken since the last yield: nothing of that slice is relied on.
        parameters.set(params);
        gatherRows(test.inputs, testRows, count, input);
        network.predict(parameters, input, count, running);
        for (let i = 0; i < count; i++) {
          const start = i * classes;
          const label = test.labels[from + i]!;
          loss += softmax(logits, start, classes, logitGradient) - logits[start + label]!;
          if (argMax(logits, start, classes) === label) correct++;
        }
        yield;
      }
      return { accuracy: correct / test.count, loss: loss / test.count };
    },
  };
};
