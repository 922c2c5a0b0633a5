import cos from '@stdlib/math-base-special-cos';
import sin from '@stdlib/math-base-special-sin';

import type { Random } from '../../random/random.js';
import { uniform } from '../../random/uniform.js';

/** Moves the points of a drawing in place; units of half a digit's height, y pointing down. */
export type Handwriting = (points: Float64Array) => void;

/** Roughly bell-shaped, from (−1.5, 1.5), with standard deviation 0.5. */
const bell = (random: Random): number => random.next() + random.next() + random.next() - 1.5;

/** A wave's radians to a unit along an axis, and where it begins. */
const frequency = uniform(-2.5, 2.5);
const beginning = uniform(0, 6.283);
/** Relative change of width and of height, at strength 1. */
const widening = uniform(-0.35, 0.25);
const heightening = uniform(-0.3, 0.1);

/** A slow wave across the plane, at most `amplitude` high. */
const drawWave = (random: Random, amplitude: number): ((x: number, y: number) => number) => {
  const height = uniform(-amplitude, amplitude).sample(random);
  const kx = frequency.sample(random);
  const ky = frequency.sample(random);
  const phase = beginning.sample(random);
  return (x, y) => height * sin(kx * x + ky * y + phase);
};

/**
 * Draws a hand that writes in its own way: strokes bent by slow waves (Simard et al. 2003 use random fields), then unequal
 * scale, slant and rotation. Every deviation is proportional to `strength`; 0 changes nothing, 1 is legible.
 */
export const drawHandwriting = (random: Random, strength: number): Handwriting => {
  const waveX = drawWave(random, 0.16 * strength);
  const waveY = drawWave(random, 0.16 * strength);
  const width = 1 + strength * widening.sample(random);
  const height = 1 + strength * heightening.sample(random);
  const slant = strength * (0.1 + 0.45 * bell(random));
  const angle = strength * 0.35 * bell(random);
  const c = cos(angle);
  const s = sin(angle);
  return (points) => {
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i]!;
      const y = points[i + 1]!;
      const q = height * (y + waveY(x, y));
      const p = width * (x + waveX(x, y)) - slant * q;
      points[i] = c * p - s * q;
      points[i + 1] = s * p + c * q;
    }
  };
};
