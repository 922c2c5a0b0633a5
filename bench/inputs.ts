import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../src/index.js';
import { models } from '../src/learning/index.js';
import { seededRandom, standardNormalQuantile } from '../src/random/index.js';
import { readImages, writeFloats, writeLabels } from './tasks/files.js';

const side = 28;
const classes = 10;

/** Number of images, as many as MNIST has for testing. */
export const imageCount = 10_000;

/** A class's ink: the trace of a pen of 3 x 3 pixels on a random walk. */
const pattern = (random: Random): Float32Array => {
  const ink = new Float32Array(side * side);
  let x = 8 + Math.floor(12 * random.next());
  let y = 8 + Math.floor(12 * random.next());
  for (let step = 0; step < 25; step++) {
    for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) ink[(y + dy) * side + x + dx] = 1;
    x = Math.min(22, Math.max(5, x + Math.floor(5 * random.next()) - 2));
    y = Math.min(22, Math.max(5, y + Math.floor(5 * random.next()) - 2));
  }
  return ink;
};

/** Writes a pattern, moved by up to 2 pixels and more or less dark, to an image; MNIST's mean and deviation are taken out. */
const draw = (ink: Float32Array, random: Random, image: Float32Array): void => {
  const shift = (Math.floor(5 * random.next()) - 2) * side + Math.floor(5 * random.next()) - 2;
  const darkness = 0.6 + 0.4 * random.next();
  for (let i = 0; i < image.length; i++) image[i] = (darkness * (ink[i + shift] ?? 0) - 0.1307) / 0.3081;
};

/** Files of 10,000 images of 28 x 28 in 10 classes and their labels, drawn from a fixed seed. */
export const imageFiles = (folder: string): { readonly images: string; readonly labels: string } => {
  const images = join(folder, 'images.f32');
  const labels = join(folder, 'labels.i32');
  if (existsSync(labels)) return { images, labels };
  const random = seededRandom('images');
  const patterns = Array.from({ length: classes }, () => pattern(random));
  const values = new Float32Array(imageCount * side * side);
  const chosen = Int32Array.from({ length: imageCount }, () => Math.floor(classes * random.next()));
  chosen.forEach((label, i) => draw(patterns[label]!, random, values.subarray(i * side * side, (i + 1) * side * side)));
  writeFloats(images, values);
  writeLabels(labels, chosen);
  return { images, labels };
};

/** A file of the network's starting parameters, layer by layer as `models.cnn` has them. */
export const parametersFile = (folder: string): string => {
  const path = join(folder, 'parameters.f32');
  if (existsSync(path)) return path;
  const { images, labels } = imageFiles(folder);
  const objective = models.cnn.create({})({ data: readImages(images, labels), batch: 2 });
  const parameters = new Float32Array(objective.dimension);
  objective.initial(seededRandom('parameters'), parameters);
  writeFloats(path, parameters);
  return path;
};

/** A file of standard normal float32 vectors from a fixed seed. */
export const vectorsFile = (folder: string, rows: number, dimension: number): string => {
  const path = join(folder, `vectors-${rows}-${dimension}.f32`);
  if (existsSync(path)) return path;
  const random = seededRandom(`vectors ${rows} ${dimension}`);
  const values = new Float32Array(rows * dimension);
  for (let k = 0; k < values.length; k++) values[k] = standardNormalQuantile(random.next());
  writeFloats(path, values);
  return path;
};
