import { norm } from '../kernels/plain/norm.js';
import type { ReadonlyVector, Vector } from '../kernels/vector.js';

/**
 * Euclidean projection on the ball of `radius` around the origin, in place; without a radius, the identity.
 * @throws RangeError when `start` is outside of the ball.
 */
export const projectionOnBall = (radius: number | undefined, start: ReadonlyVector): ((x: Vector) => void) => {
  if (radius === undefined) return () => undefined;
  const distance = norm(start);
  if (distance > radius * (1 + 1e-12))
    throw new RangeError(`radius is ${radius}, but the starting point lies at distance ${distance} from the origin`);
  return (x) => {
    const length = norm(x);
    if (length <= radius) return;
    const scale = radius / length;
    for (let k = 0; k < x.length; k++) x[k] = x[k]! * scale;
  };
};
