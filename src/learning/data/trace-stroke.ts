import type { Random } from '../../random/random.js';
import { uniform } from '../../random/uniform.js';
import type { Stroke } from './digit-glyphs.js';

/** Straight pieces between two control points. */
const PIECES = 5;

/** Catmull–Rom: the cubic from p1 (t = 0) to p2 (t = 1) whose slopes there are (p2 − p0)/2 and (p3 − p1)/2. */
const catmullRom = (p0: number, p1: number, p2: number, p3: number, t: number): number =>
  p1 + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));

/** Appends the curve through `points` to `line`, without its first point. */
const appendCurve = (points: readonly number[], line: number[]): void => {
  const last = points.length / 2 - 1;
  for (let i = 0; i < last; i++) {
    const [before, after] = [Math.max(i - 1, 0), Math.min(i + 2, last)];
    for (let piece = 1; piece <= PIECES; piece++) {
      for (let axis = 0; axis < 2; axis++) {
        const at = (k: number): number => points[2 * k + axis]!;
        line.push(catmullRom(at(before), at(i), at(i + 1), at(after), piece / PIECES));
      }
    }
  }
};

/** The stroke as a line x₀, y₀, x₁, y₁, … of short straight pieces, after each control point has been moved by up to `jitter` either way. */
export const traceStroke = (stroke: Stroke, random: Random, jitter: number): Float64Array => {
  const shake = uniform(-jitter, jitter);
  const line: number[] = [];
  let corner: readonly number[] = [];
  for (const arc of stroke) {
    const points = [...corner, ...arc.map((coordinate) => coordinate + shake.sample(random))];
    if (corner.length === 0) line.push(points[0]!, points[1]!);
    appendCurve(points, line);
    corner = points.slice(-2);
  }
  return Float64Array.from(line);
};
