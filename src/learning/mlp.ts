import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { classifier } from './network/classifier.js';
import { dense } from './network/dense.js';
import { relu } from './network/relu.js';
import type { ObjectiveRule } from './objective-rule.js';
import { requireData } from './require-data.js';

/** Dense layers with rectifiers between them, and softmax cross-entropy. Parameters layer by layer: W as [outputs][inputs], then b. */
export const mlp = definePart({
  summary: 'Multi-layer perceptron: dense layers with rectifiers, softmax cross-entropy; float32.',
  source: 'Rumelhart, Hinton & Williams 1986',
  precondition: 'The labels are classes.',
  needsData: true,
  parameters: z.object({
    hidden: z
      .array(z.number().int().positive())
      .default([64])
      .describe('widths of the hidden layers, each at least 1; an empty list leaves softmax regression'),
  }),
  create:
    ({ hidden }: { hidden: number[] }): ObjectiveRule =>
    ({ data, batch, kernels }) => {
      const given = requireData('mlp', data, 'data of 2 classes or more', ({ classes }) => classes >= 2);
      return classifier(
        [...hidden.flatMap((width) => [dense(width), relu()]), dense(given.classes)],
        given,
        batch,
        kernels,
      );
    },
});
