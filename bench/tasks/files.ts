import { readFileSync, writeFileSync } from 'node:fs';
import type { Dataset } from '../../src/index.js';

const bytes = (path: string): ArrayBuffer => {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  return buffer.slice(byteOffset, byteOffset + byteLength);
};

/** A file of raw float32. */
export const readFloats = (path: string): Float32Array => new Float32Array(bytes(path));

/** Writes numbers as raw float32. */
export const writeFloats = (path: string, values: Readonly<ArrayLike<number>>): void =>
  writeFileSync(path, new Uint8Array(Float32Array.from(values).buffer));

/** Writes labels as raw int32. */
export const writeLabels = (path: string, labels: Readonly<ArrayLike<number>>): void =>
  writeFileSync(path, new Uint8Array(Int32Array.from(labels).buffer));

/** The images of 28 x 28 of two files, values and labels, in 10 classes, to learn from and to be scored on alike. */
export const readImages = (images: string, labels: string): Dataset => {
  const classes = Float64Array.from(new Int32Array(bytes(labels)));
  const inputs = { kind: 'dense', features: 784, values: readFloats(images) } as const;
  const examples = { count: classes.length, inputs, labels: classes };
  return { name: images, shape: [28, 28, 1], classes: 10, train: examples, test: examples };
};
