import type { Kernels } from '../../kernels/kernels.js';
import { plainKernels } from '../../kernels/plain/plain-kernels.js';
import type { ReadonlyVector, Vector } from '../../kernels/vector.js';
import type { Dataset, Examples } from '../dataset.js';
import { evaluationSlice } from '../evaluation-slice.js';
import { gatherRows } from '../kernels/gather-rows.js';
import type { Batch, Objective } from '../objective.js';
import { rowBatches } from '../row-batches.js';
import type { LayerRule } from './layer.js';
import { sequence } from './sequence.js';

/** Share of the newest batch in the running statistics, as in PyTorch. */
const newest = 0.1;

/** A network with the memory that its passes need. */
const claim = (rules: readonly LayerRule[], { shape, train, classes }: Dataset, batch: number, kernels: Kernels) => {
  const { memory } = kernels;
  const rows = Math.max(batch, evaluationSlice);
  const network = sequence(rules)({ shape, rows, offset: 0, statisticsOffset: 0, first: true, kernels });
  return {
    network,
    /** What callers keep elsewhere than where the kernels work is copied to and from here. */
    parameters: memory.float32(network.parameters),
    gradient: memory.float32(network.parameters),
    input: memory.float32(rows * train.inputs.features),
    labels: memory.int32(rows),
    logitGradient: memory.float32(rows * classes),
  };
};

/** The passes of a network over rows of data. */
const passesOf = (rules: readonly LayerRule[], data: Dataset, batch: number, kernels: Kernels) => {
  const { network, parameters, gradient, input, labels, logitGradient } = claim(rules, data, batch, kernels);
  const { networks } = kernels;
  const { classes } = data;
  const logits = network.output;
  let versions = 0;
  const gather = ({ inputs }: Examples, rows: Int32Array, count: number, given: ReadonlyVector, from: number): void => {
    gatherRows(inputs, rows, count, input);
    for (let i = 0; i < count; i++) labels[i] = given[from + i]!;
  };
  return {
    network,
    /** Gets ready for passes with these parameters; returns them where the kernels work. */
    prepare: (params: ReadonlyVector): Float32Array => {
      const held = networks.holds(params) ? params : parameters;
      if (held === parameters) held.set(params);
      network.prepare(held);
      versions++;
      return held;
    },
    /** Which `prepare` was the last. */
    version: () => versions,
    /** Writes the gradient at prepared parameters to `out` and returns the loss. */
    gradient: (held: Float32Array, { rows, labels: given }: Batch, out: Vector, seen?: Vector | null): number => {
      const count = rows.length;
      gather(data.train, rows, count, given, 0);
      network.forward(held, input, count, seen);
      const loss = networks.crossEntropy.gradient(count, classes, logits, labels, logitGradient);
      const target = networks.holds(out) ? out : gradient;
      network.backward(held, input, logitGradient, count, target);
      if (target !== out) out.set(target);
      return loss;
    },
    /** The total loss over `count` of the test rows, from number `from` on, and how many are told right. */
    score: (held: Float32Array, rows: Int32Array, count: number, from: number, statistics: ReadonlyVector) => {
      gather(data.test, rows, count, data.test.labels, from);
      network.predict(held, input, count, statistics);
      return {
        loss: networks.crossEntropy.total(count, classes, logits, labels),
        correct: networks.crossEntropy.correct(count, classes, logits, labels),
      };
    },
  };
};

/**
 * The mean cross-entropy of the softmax of a network's last layer, which has an output for each class of `data`, over
 * minibatches of `batch` rows. Scores: `accuracy` and mean `loss` on the test examples, in evaluation mode. float32.
 */
export const classifier = (
  rules: readonly LayerRule[],
  data: Dataset,
  batch: number,
  kernels = plainKernels(),
): Objective => {
  const { classes, train, test } = data;
  const { network, prepare, version, gradient, score } = passesOf(rules, data, batch, kernels);
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
    gradient: (params, sample, out, seen) => gradient(prepare(params), sample, out, seen),
    gradients: (params, requests) => {
      const held = prepare(params);
      for (const request of requests) request.loss = gradient(held, request.batch, request.out, request.seen);
    },
    blend: (statistics, seen) => {
      for (let k = 0; k < statistics.length; k++) statistics[k]! += newest * (seen[k]! - statistics[k]!);
    },
    *evaluate(params, running) {
      let held = prepare(params);
      let prepared = version();
      let loss = 0;
      let correct = 0;
      for (let from = 0; from < test.count; from += evaluationSlice) {
        const count = Math.min(evaluationSlice, test.count - from);
        for (let i = 0; i < count; i++) testRows[i] = from + i;
        // A gradient may have been taken since the last yield, at another model.
        if (prepared !== version()) held = prepare(params);
        prepared = version();
        const slice = score(held, testRows, count, from, running);
        loss += slice.loss;
        correct += slice.correct;
        yield;
      }
      return { accuracy: correct / test.count, loss: loss / test.count };
    },
  };
};
