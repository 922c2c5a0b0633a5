import test from 'ava';

import { drawLine } from '../../../src/learning/data/draw-line.js';

const draw = (line: number[], radius: number, side = 5): number[][] => {
  const image = new Float64Array(side * side);
  drawLine(Float64Array.from(line), radius, radius, side, image);
  return Array.from({ length: side }, (_, row) => [...image.subarray(row * side, row * side + side)]);
};

test('a level line inks its own row fully and the next ones by their distance', (t) => {
  const [none, above, on, below] = draw([-9, 2.5, 9, 2.5], 0.75);
  t.deepEqual(none, [0, 0, 0, 0, 0]);
  t.deepEqual(above, [0.25, 0.25, 0.25, 0.25, 0.25]);
  t.deepEqual(on, [1, 1, 1, 1, 1]);
  t.deepEqual(below, above);
});

test('a line of one point is a dot, the same on all sides', (t) => {
  const image = draw([2.5, 2.5, 2.5, 2.5], 0.75);
  t.is(image[2]![2], 1);
  t.deepEqual([image[1]![2], image[2]![1], image[3]![2], image[2]![3]], [0.25, 0.25, 0.25, 0.25]);
  t.is(image[1]![1], 0);
});

test('where strokes cross, the darker ink stays', (t) => {
  const once = draw([-9, 2.5, 9, 2.5], 0.75);
  t.deepEqual(draw([-9, 2.5, 9, 2.5, -9, 2.5], 0.75), once);
});

test('the pen goes from the first radius to the last', (t) => {
  const image = new Float64Array(49);
  drawLine(Float64Array.of(0, 3.5, 3.5, 3.5, 7, 3.5), 1.5, 0.5, 7, image);
  t.true(image[2 * 7 + 1]! > image[2 * 7 + 5]!);
});

test('a line outside the image leaves it blank', (t) => {
  t.deepEqual(draw([-9, -9, 20, -9], 1), Array<number[]>(5).fill([0, 0, 0, 0, 0]));
});
