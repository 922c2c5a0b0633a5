import { compare, type Comparison } from './compare.js';
import type { Group } from './group.js';
import { imageCount, imageFiles, parametersFile } from './inputs.js';

/** Required: the largest ratio to PyTorch's time, by the size of the batch; nothing of the smallest. */
const ratioAtMost = { 8: undefined, 16: 0.55, 64: 0.6 } as const;
const evaluationAtMost = 0.8;

/** Forward and backward of the 66,230-parameter network, and its evaluation. */
export const gradientGroup: Group = {
  summary: 'the convolutional network’s gradient and evaluation, beside PyTorch',
  measure: async ({ folder, contenders }) => {
    const files = { ...imageFiles(folder), parameters: parametersFile(folder) };
    const comparisons: readonly Comparison[] = [
      ...([8, 16, 64] as const).map((batch) => ({
        name: `gradient of the cnn, batch ${batch}`,
        ours: { task: 'gradient', batch, ...files } as const,
        ...(ratioAtMost[batch] === undefined ? {} : { ratioAtMost: { PyTorch: ratioAtMost[batch] } }),
      })),
      {
        name: `evaluating the cnn on ${imageCount.toLocaleString('en')} images, batch 200`,
        ours: { task: 'evaluate', batch: 200, ...files },
        ratioAtMost: { PyTorch: evaluationAtMost },
      },
    ];
    const ours = await contenders.ours();
    const peers = [await contenders.pytorch(), ...(await contenders.ourOthers())];
    const rows = [];
    for (const comparison of comparisons) rows.push(...(await compare(comparison, ours, peers, folder)));
    return rows;
  },
};
