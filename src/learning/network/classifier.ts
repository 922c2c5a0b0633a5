import type { Dataset } from '../dataset.js';
import { evaluationSlice } from '../evaluation-slice.js';
import { argMax } from '../kernels/arg-max.js';
import { gatherRows } from '../kernels/gather-rows.js';
import { softmax } from '../kernels/softmax.js';
import type { Objective } from '../objective.js';
import { rowBatches } from '../row-batches.js';
import type { Layer, LayerRule } from './layer.js';

/** Puts layers one after another, each with its part of the parameters and statistics. */
const stack = (rules: readonly LayerRule[], inputShape: readonly number[], rows: number) => {
  const layers: Layer[] = [];
  let shape = inputShape;
  let offset = 0;
  let statisticsOffset = 0;
  for (const rule of rules) {
    const layer = rule({ shape, rows, offset, statisticsOffset, first: layers.length === 0 });
    layers.push(layer);
    shape = layer.shape;
    offset += layer.parameters;
    statisticsOffset += layer.statistics;
  }
  return { layers, dimension: offset, statistics: statisticsOffset };
};

/**
 * The mean cross-entropy of the softmax of a network's last layer, which has an output for each class of `data`, over
 * minibatches of `batch` rows. Scores: `accuracy` and mean `loss` on the test examples, in evaluation mode.
 * float32, sums inside the kernels in float64.
 */
export const classifier = (rules: readonly LayerRule[], data: Dataset, batch: number): Objective => {
  const { classes, train, test } = data;
  const rows = Math.max(batch, evaluationSlice);
  const { layers, dimension, statistics } = stack(rules, data.shape, rows);
  const last = layers[layers.length - 1]!;
  // The kernels work on one kind of array, whatever the caller keeps its vectors in.
  const parameters = new Float32Array(dimension);
  const gradient = new Float32Array(dimension);
  const input = new Float32Array(rows * train.inputs.features);
  const logitGradient = new Float32Array(rows * classes);
  const testRows = new Int32Array(evaluationSlice);

  /** Writes (softmax − one-hot)/count to `logitGradient` and returns the mean cross-entropy. */
  const crossEntropy = (labels: Float64Array, count: number): number => {
    let loss = 0;
    for (let i = 0; i < count; i++) {
      const start = i * classes;
      const label = start + labels[i]!;
      loss += softmax(last.output, start, classes, logitGradient) - last.output[label]!;
      logitGradient[label]! -= 1;
      for (let k = start; k < start + classes; k++) logitGradient[k]! /= count;
    }
    return loss / count;
  };

  return {
    dimension,
    precision: 'float32',
    statistics,
    classes,
    metric: { name: 'accuracy', better: 'more' },
    initial: (random, out) => {
      for (const layer of layers) layer.initial(random, out);
    },
    initialStatistics: (out) => {
      for (const layer of layers) layer.initialStatistics(out);
    },
    ...rowBatches(train, batch),
    gradient: (params, sample, out, moved) => {
      const count = sample.rows.length;
      parameters.set(params);
      gatherRows(train.inputs, sample.rows, count, input);
      let layerInput: Float32Array = input;
      for (let l = 0; l < layers.length; l++) {
        layers[l]!.forward(parameters, layerInput, count, moved);
        layerInput = layers[l]!.output;
      }
      const loss = crossEntropy(sample.labels, count);
      gradient.fill(0);
      let outputGradient: Float32Array = logitGradient;
      for (let l = layers.length - 1; l >= 0; l--) {
        layers[l]!.backward(parameters, l === 0 ? input : layers[l - 1]!.output, outputGradient, count, gradient);
        outputGradient = layers[l]!.inputGradient;
      }
      out.set(gradient);
      return loss;
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
        let layerInput: Float32Array = input;
        for (const layer of layers) {
          layer.predict(parameters, layerInput, count, running);
          layerInput = layer.output;
        }
        for (let i = 0; i < count; i++) {
          const start = i * classes;
          const label = test.labels[from + i]!;
          loss += softmax(last.output, start, classes, logitGradient) - last.output[start + label]!;
          if (argMax(last.output, start, classes) === label) correct++;
        }
        yield;
      }
      return { accuracy: correct / test.count, loss: loss / test.count };
    },
  };
};
