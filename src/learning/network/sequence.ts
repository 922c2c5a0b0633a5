import type { Layer, LayerRule } from './layer.js';

/** Layers one after another as one layer; each has its part of the parameters and statistics, in order. At least one. */
export const sequence =
  (rules: readonly LayerRule[]): LayerRule =>
  ({ rows, first, kernels, ...site }) => {
    const layers: Layer[] = [];
    let { shape, offset, statisticsOffset } = site;
    for (const rule of rules) {
      const layer = rule({ shape, rows, offset, statisticsOffset, first: first && layers.length === 0, kernels });
      layers.push(layer);
      shape = layer.shape;
      offset += layer.parameters;
      statisticsOffset += layer.statistics;
    }
    return {
      shape,
      parameters: offset - site.offset,
      statistics: statisticsOffset - site.statisticsOffset,
      output: layers[layers.length - 1]!.output,
      inputGradient: layers[0]!.inputGradient,
      initial: (random, out) => {
        for (const layer of layers) layer.initial(random, out);
      },
      initialStatistics: (out) => {
        for (const layer of layers) layer.initialStatistics(out);
      },
      prepare: (parameters) => {
        for (const layer of layers) layer.prepare(parameters);
      },
      forward: (parameters, input, count, seen) => {
        let layerInput = input;
        for (const layer of layers) {
          layer.forward(parameters, layerInput, count, seen);
          layerInput = layer.output;
        }
      },
      predict: (parameters, input, count, statistics) => {
        let layerInput = input;
        for (const layer of layers) {
          layer.predict(parameters, layerInput, count, statistics);
          layerInput = layer.output;
        }
      },
      backward: (parameters, input, outputGradient, count, gradient) => {
        let layerGradient = outputGradient;
        for (let l = layers.length - 1; l >= 0; l--) {
          const layerInput = l === 0 ? input : layers[l - 1]!.output;
          layers[l]!.backward(parameters, layerInput, layerGradient, count, gradient);
          layerGradient = layers[l]!.inputGradient;
        }
      },
    };
  };
