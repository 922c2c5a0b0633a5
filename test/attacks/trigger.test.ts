import test from 'ava';
import { makeTrigger, type TriggerOptions } from '../../src/attacks/trigger.js';
import { dataOf } from './samples.js';

const image = dataOf({ train: [Array.from({ length: 24 }, (_, i) => i - 12)], shape: [3, 4, 2] });
const rows = dataOf({
  train: [
    [1, -5, 0, 7],
    [2, -4, 0, -1],
  ],
});

const made = (data: typeof image, options: TriggerOptions): object => {
  const { features, values } = makeTrigger(data, options);
  return { features: [...features], values: [...values] };
};

test('a patch in each corner, with all channels, as bright as the brightest pixel', (t) => {
  const at = (corner: NonNullable<TriggerOptions['corner']>) => makeTrigger(image, { size: 2, corner });
  t.deepEqual([...at('top-left').features], [0, 1, 2, 3, 8, 9, 10, 11]);
  t.deepEqual([...at('top-right').features], [4, 5, 6, 7, 12, 13, 14, 15]);
  t.deepEqual([...at('bottom-left').features], [8, 9, 10, 11, 16, 17, 18, 19]);
  t.deepEqual([...at('bottom-right').features], [12, 13, 14, 15, 20, 21, 22, 23]);
  t.deepEqual([...at('top-left').values], new Array<number>(8).fill(11));
});

test('left out, a patch has 3 × 3 pixels in the bottom right corner', (t) => {
  t.deepEqual(makeTrigger(image, {}), makeTrigger(image, { size: 3, corner: 'bottom-right' }));
  t.is(makeTrigger(image, {}).features[0], 2);
});

test('features are set to the largest value that each has, or to the one that is given', (t) => {
  t.deepEqual(made(rows, { features: [4, 2, 4] }), { features: [1, 3], values: [-4, 7] });
  t.deepEqual(made(rows, { features: [1], value: 0 }), { features: [0], values: [0] });
  t.deepEqual(made(rows, { size: 2 }), { features: [2, 3], values: [0, 7] });
  t.deepEqual(made(rows, {}), made(rows, { size: 3 }));
  t.deepEqual(made(dataOf({ train: [[1, 2]] }), {}), { features: [0, 1], values: [1, 2] });
});

test('what sparse rows don’t store counts as 0', (t) => {
  const sparse = dataOf({
    kind: 'sparse',
    train: [
      [-1, -2],
      [0, -3],
    ],
  });
  t.deepEqual(made(sparse, {}), { features: [0, 1], values: [0, -2] });
});

const refused: readonly (readonly [typeof image, TriggerOptions, string, string])[] = [
  [image, { size: 4 }, 'size', 'found 4; the images are 3 × 4, so it must be <= 3'],
  [image, { features: [1] }, 'features', 'images get a patch, by size and corner; leave it out'],
  [rows, { corner: 'top-left' }, 'corner', 'only images have corners; leave it out'],
  [rows, { size: 5 }, 'size', 'found 5; the rows have 4 features, so it must be <= 4'],
  [rows, { features: [1, 9] }, 'features', 'found 9; the rows have 4 features, so it must be <= 4'],
  [rows, { features: [1], size: 1 }, 'size', 'features says which they are; leave it out'],
];

for (const [data, options, option, message] of refused)
  test(`refused: ${JSON.stringify(options)} for rows of the shape ${data.shape.join(' × ')}`, (t) => {
    const error = t.throws(() => makeTrigger(data, options), { name: 'OptionError', message });
    t.like(error, { option });
  });
