import { z } from 'zod';

import { definePart } from '../../registry/part.js';
import type { Examples } from '../dataset.js';
import type { DatasetRule } from './dataset-rule.js';
import { parseIdx } from './idx.js';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
const CLASSES = 10;
/** Mean and standard deviation of the training pixels, from 0 to 1. */
const MEAN = 0.1307;
const DEVIATION = 0.3081;

/** A pixel's value, by its byte. */
const normalised = Float32Array.from({ length: 256 }, (_, byte) => (byte / 255 - MEAN) / DEVIATION);

const readImages = async (directory: string, name: string): Promise<Float32Array> => {
  const { readDataFile } = await import('./read-file.js');
  const { path, bytes } = await readDataFile(directory, name);
  const { dimensions, values } = parseIdx(bytes, path, 3);
  const [count, height, width] = dimensions;
  if (count === 0 || height !== SIDE || width !== SIDE) {
    throw new Error(`${path}: holds ${dimensions.join(' × ')} pixels, expected images of ${SIDE} × ${SIDE}.`);
  }
  const images = new Float32Array(values.length);
  for (let i = 0; i < images.length; i++) images[i] = normalised[values[i]!]!;
  return images;
};

const readLabels = async (directory: string, name: string, images: number): Promise<Float64Array> => {
  const { readDataFile } = await import('./read-file.js');
  const { path, bytes } = await readDataFile(directory, name);
  const { values } = parseIdx(bytes, path, 1);
  if (values.length !== images) {
    throw new Error(`${path}: holds ${values.length} labels, expected one for each of ${images} images.`);
  }
  const wrong = values.findIndex((label) => label >= CLASSES);
  if (wrong !== -1) throw new Error(`${path}: label ${wrong + 1} is ${values[wrong]!}, expected a digit from 0 to 9.`);
  return new Float64Array(values);
};

const readExamples = async (directory: string, part: 'train' | 't10k'): Promise<Examples> => {
  const values = await readImages(directory, `mnist/${part}-images-idx3-ubyte`);
  const count = values.length / PIXELS;
  const labels = await readLabels(directory, `mnist/${part}-labels-idx1-ubyte`, count);
  return { count, inputs: { kind: 'dense', features: PIXELS, values }, labels };
};

/** MNIST from its four IDX files, plain or gzipped, in `mnist/` of the data folder. */
export const mnist = definePart({
  summary:
    'MNIST: 60,000 and 10,000 images of handwritten digits, 28 × 28, normalised by mean 0.1307 and deviation 0.3081.',
  source: 'LeCun, Bottou, Bengio & Haffner 1998',
  precondition: 'mnist/train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-… are in the data folder, plain or .gz.',
  files: true,
  parameters: z.strictObject({}),
  create:
    (): DatasetRule =>
    async ({ directory }) => ({
      name: 'mnist',
      shape: [SIDE, SIDE, 1],
      classes: CLASSES,
      train: await readExamples(directory, 'train'),
      test: await readExamples(directory, 't10k'),
    }),
});
