import test from 'ava';

import { traceStroke } from '../../../src/learning/data/trace-stroke.js';
import { seededRandom } from '../../../src/random/seeded-random.js';

const trace = (stroke: number[][], jitter = 0): [number, number][] => {
  const line = traceStroke(stroke, seededRandom(1), jitter);
  return Array.from({ length: line.length / 2 }, (_, i) => [line[2 * i]!, line[2 * i + 1]!]);
};

test('goes through every control point', (t) => {
  const points = trace([
    [0, 0, 1, 2, 3, 1],
    [4, 4],
  ]);
  t.deepEqual(
    [0, 5, 10, 15].map((i) => points[i]!.map((value) => Math.round(value * 1e12) / 1e12)),
    [
      [0, 0],
      [1, 2],
      [3, 1],
      [4, 4],
    ],
  );
});

test('between two points alone, runs straight', (t) => {
  for (const [x, y] of trace([[0, 0, 1, 2]])) t.true(Math.abs(y - 2 * x) < 1e-12);
});

test('a corner is sharp: the arc behind it is the same whatever was before', (t) => {
  const after = trace([
    [0, 0, 1, 0],
    [1, 1, 2, 1],
  ]).slice(5);
  t.deepEqual(
    trace([
      [5, 5, 1, 0],
      [1, 1, 2, 1],
    ]).slice(5),
    after,
  );
});

test('moves each control point by no more than the jitter, and a corner once', (t) => {
  const stroke = [
    [0, 0, 1, 0],
    [1, 1],
  ];
  const [exact, moved] = [trace(stroke), trace(stroke, 0.1)];
  t.is(moved.length, exact.length);
  for (const i of [0, 5, 10]) {
    const [dx, dy] = [moved[i]![0] - exact[i]![0], moved[i]![1] - exact[i]![1]];
    t.true(Math.abs(dx) <= 0.1 + 1e-12 && Math.abs(dy) <= 0.1 + 1e-12);
    t.not(dx, 0);
  }
});
