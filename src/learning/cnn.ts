import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { Dataset } from './dataset.js';
import { batchNorm } from './network/batch-norm.js';
import { classifier } from './network/classifier.js';
import { convolutionBlock } from './network/convolution-block.js';
import { dense } from './network/dense.js';
import { relu } from './network/relu.js';
import type { ObjectiveRule } from './objective-rule.js';
import { requireData } from './require-data.js';

/** The smallest images that two convolutions of 5 x 5 with poolings leave anything of. */
const isImages = ({ shape: [height = 0, width = 0, ...rest], classes }: Dataset): boolean =>
  rest.length === 1 && height >= 16 && width >= 16 && classes >= 2;

/**
 * Convolution 5 x 5 to 20 channels, rectifier, max pooling, convolution 5 x 5 to 50, rectifier, max pooling, dense 50, batch
 * normalisation, rectifier, dense to the classes, softmax cross-entropy: 66,230 parameters on 28 x 28 x 1 with 10 classes.
 * Parameters layer by layer, as the layers say.
 */
export const cnn = definePart({
  summary: 'The convolutional network of the experiments on MNIST and CIFAR-10, with batch normalisation; float32.',
  source: 'Dahan & Levy 2024, experiments',
  precondition: 'Images of at least 16 x 16 pixels, classes as labels, batches of 2 rows or more.',
  needsData: true,
  parameters: z.object({}),
  create:
    (): ObjectiveRule =>
    ({ data, batch, kernels }) => {
      const given = requireData('cnn', data, 'images with at least 16 x 16 pixels in 2 classes or more', isImages);
      if (batch < 2) {
        throw new RangeError(`model cnn needs batches of at least 2 rows to normalise them, got ${batch}`);
      }
      return classifier(
        [convolutionBlock(20, 5), convolutionBlock(50, 5), dense(50), batchNorm(), relu(), dense(given.classes)],
        given,
        batch,
        kernels,
      );
    },
});
