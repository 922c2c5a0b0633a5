import type { Rows } from '../kernels/rows.js';
import { OptionError } from '../registry/option-error.js';
import type { AttackedData } from './attack.js';

/** Corners of an image. */
export const corners = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;

export type Corner = (typeof corners)[number];

/** Where a trigger is put, and what it is made of. */
export interface TriggerOptions {
  /** Of images: the side of the square patch in pixels, 3 unless given. Of other rows: how many of the last features, 3 unless given. */
  readonly size?: number | undefined;
  /** Of images only: the corner of the patch, `bottom-right` unless given. */
  readonly corner?: Corner | undefined;
  /** Of rows that are no images only, in place of `size`: the features, numbered from 1. */
  readonly features?: readonly number[] | undefined;
  /** What they are set to; unless given, the largest value that they have in the training rows, of images that of any pixel. */
  readonly value?: number | undefined;
}

/** Features, numbered from 0, ascending, and the value that each of them is set to. */
export interface Trigger {
  readonly features: Int32Array;
  readonly values: Float64Array;
}

const patchOf = (
  [height, width, channels]: readonly [number, number, number],
  size: number,
  corner: Corner,
): Int32Array => {
  if (size > Math.min(height, width))
    throw new OptionError(
      'size',
      `found ${size}; the images are ${height} × ${width}, so it must be <= ${Math.min(height, width)}`,
    );
  const top = corner.startsWith('top') ? 0 : height - size;
  const left = corner.endsWith('left') ? 0 : width - size;
  const row = size * channels;
  return new Int32Array(size * row).map((_, i) => {
    const y = top + Math.floor(i / row);
    return (y * width + left) * channels + (i % row);
  });
};

const featuresOf = (all: number, { size, corner, features }: TriggerOptions): Int32Array => {
  if (corner !== undefined) throw new OptionError('corner', 'only images have corners; leave it out');
  if (features === undefined) {
    const last = size ?? Math.min(3, all);
    if (last > all)
      throw new OptionError('size', `found ${last}; the rows have ${all} features, so it must be <= ${all}`);
    return new Int32Array(last).map((_, i) => all - last + i);
  }
  if (size !== undefined) throw new OptionError('size', 'features says which they are; leave it out');
  const beyond = features.find((feature) => feature > all);
  if (beyond !== undefined)
    throw new OptionError('features', `found ${beyond}; the rows have ${all} features, so it must be <= ${all}`);
  return Int32Array.from(new Set(features), (feature) => feature - 1).sort();
};

/** The largest value of each feature in the first `count` rows, at least one. What sparse rows don't store is 0. */
const largest = (inputs: Rows, count: number): Float64Array => {
  const { features, values } = inputs;
  const most = new Float64Array(features).fill(-Infinity);
  const stored = new Float64Array(features);
  const end = inputs.kind === 'dense' ? count * features : inputs.starts[count]!;
  for (let i = 0; i < end; i++) {
    const k = inputs.kind === 'dense' ? i % features : inputs.columns[i]!;
    most[k] = Math.max(most[k]!, values[i]!);
    stored[k]! += 1;
  }
  return most.map((value, k) => (stored[k]! < count ? Math.max(0, value) : value));
};

/** The trigger on such data. Throws an OptionError where they have no place for it. */
export const makeTrigger = ({ shape, train }: AttackedData, options: TriggerOptions): Trigger => {
  const { inputs, count } = train;
  const images = shape.length === 3;
  if (images && options.features !== undefined)
    throw new OptionError('features', 'images get a patch, by size and corner; leave it out');
  const features = images
    ? patchOf(shape as [number, number, number], options.size ?? 3, options.corner ?? 'bottom-right')
    : featuresOf(inputs.features, options);
  const { value } = options;
  if (value !== undefined) return { features, values: new Float64Array(features.length).fill(value) };
  const most = largest(inputs, count);
  const brightest = most.reduce((a, b) => Math.max(a, b));
  return { features, values: Float64Array.from(features, (k) => (images ? brightest : most[k]!)) };
};
