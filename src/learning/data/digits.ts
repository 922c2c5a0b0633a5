import { z } from 'zod';

import type { Random } from '../../random/random.js';
import { uniform } from '../../random/uniform.js';
import { definePart } from '../../registry/part.js';
import type { Examples } from '../dataset.js';
import type { DatasetRule } from './dataset-rule.js';
import { digitGlyphs } from './digit-glyphs.js';
import { drawHandwriting } from './handwriting.js';
import { drawLine } from './draw-line.js';
import { placeLines } from './place-lines.js';
import { traceStroke } from './trace-stroke.js';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
const CLASSES = 10;

/** Mean and standard deviation of the ink, from 0 to 1, of the default set; as fixed constants, as MNIST's are. */
const MEAN = 0.112;
const DEVIATION = 0.24;

/** Deviation of the pen's radius from 1.15 pixels, at distortion 1. */
const thickness = uniform(-0.5, 0.55);

/** Writes the ink of one digit, from 0 to 1, over `image`. */
const drawDigit = (digit: number, random: Random, distortion: number, noise: number, image: Float64Array): void => {
  const variants = digitGlyphs[digit]!;
  const glyph = variants[Math.floor(random.next() * variants.length)]!;
  const bend = drawHandwriting(random, distortion);
  const lines = glyph.map((stroke) => traceStroke(stroke, random, 0.09 * distortion));
  for (const line of lines) bend(line);
  placeLines(lines, SIDE, random, distortion);
  const radius = 1.15 + distortion * thickness.sample(random);
  image.fill(0);
  const pressure = uniform(1 - distortion * 0.35, 1);
  for (const line of lines) {
    drawLine(line, radius * pressure.sample(random), radius * pressure.sample(random), SIDE, image);
  }
  const darkest = 1 - 0.2 * random.next();
  for (let i = 0; i < PIXELS; i++) {
    const grain = noise * (random.next() - random.next());
    image[i] = Math.min(1, Math.max(0, darkest * image[i]! + grain));
  }
};

const drawExamples = (count: number, random: Random, distortion: number, noise: number): Examples => {
  const values = new Float32Array(count * PIXELS);
  const labels = new Float64Array(count);
  const image = new Float64Array(PIXELS);
  for (let row = 0; row < count; row++) {
    const digit = row % CLASSES;
    labels[row] = digit;
    drawDigit(digit, random, distortion, noise, image);
    const start = row * PIXELS;
    for (let i = 0; i < PIXELS; i++) values[start + i] = (image[i]! - MEAN) / DEVIATION;
  }
  return { count, inputs: { kind: 'dense', features: PIXELS, values }, labels };
};

/**
 * Built-in images of handwritten-looking digits: row r shows r mod 10, a smaller set is the beginning of a larger one, and the
 * bits depend on the stream and the options only. By default, softmax regression gets about 77 % of the test images right, a
 * hidden layer of 64 about 94 %, and the convolutional network `cnn` about 98.5 %.
 */
export const digits = definePart({
  summary: 'Built in: 28 × 28 images of handwritten-looking digits, drawn by strokes; the same in every run.',
  source: 'Tardigrade; distortions in the manner of Simard, Steinkraus & Platt 2003',
  files: false,
  parameters: z.strictObject({
    train: z.int().min(1).default(6000).describe('number of training images, ≥ 1'),
    test: z.int().min(1).default(1000).describe('number of test images, ≥ 1'),
    distortion: z
      .number()
      .min(0)
      .max(2)
      .default(1)
      .describe('how differently the digits are written, 0 (all alike) to 2 (some illegible)'),
    noise: z
      .number()
      .min(0)
      .max(1)
      .default(0.15)
      .describe('largest grain of noise on a pixel, as a share of full ink, 0 to 1'),
  }),
  create:
    ({ train, test, distortion, noise }): DatasetRule =>
    ({ random }) =>
      Promise.resolve({
        name: 'digits',
        shape: [SIDE, SIDE, 1],
        classes: CLASSES,
        train: drawExamples(train, random.fork('train'), distortion, noise),
        test: drawExamples(test, random.fork('test'), distortion, noise),
      }),
});
