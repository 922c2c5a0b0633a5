import type { Random } from '../../random/random.js';
import { uniform } from '../../random/uniform.js';

/** Pixels to a unit of the drawing. */
const UNIT = 10;
/** Pixels between the frame and the middle of a stroke. */
const MARGIN = 2;
/** Pixels by which a drawing of distortion 1 is shifted at most. */
const SHIFT = 2.5;

/** How far to move coordinates along one axis (0 is x, 1 is y), in pixels. */
const offset = (
  lines: readonly Float64Array[],
  axis: number,
  side: number,
  random: Random,
  distortion: number,
): number => {
  let least = Infinity;
  let most = -Infinity;
  for (const line of lines) {
    for (let i = axis; i < line.length; i += 2) {
      least = Math.min(least, UNIT * line[i]!);
      most = Math.max(most, UNIT * line[i]!);
    }
  }
  const room = Math.max(0, (side - (most - least)) / 2 - MARGIN);
  const shift = Math.min(room, SHIFT * distortion);
  return side / 2 - (least + most) / 2 + uniform(-shift, shift).sample(random);
};

/**
 * Turns points in units of half a digit's height into pixels of a `side` × `side` image, in place: the drawing's middle goes
 * to the image's, give or take a shift that keeps it inside the frame. Distortion 0 doesn't shift.
 */
export const placeLines = (lines: readonly Float64Array[], side: number, random: Random, distortion: number): void => {
  const x = offset(lines, 0, side, random, distortion);
  const y = offset(lines, 1, side, random, distortion);
  for (const line of lines) {
    for (let i = 0; i < line.length; i += 2) {
      line[i] = x + UNIT * line[i]!;
      line[i + 1] = y + UNIT * line[i + 1]!;
    }
  }
};
