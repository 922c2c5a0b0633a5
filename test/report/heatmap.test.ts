import test from 'ava';
import { figureSvg, heatmapSpec, type Heatmap } from '../../src/report/index.js';

const map = (values: readonly (number | null)[], better: 'more' | 'less' = 'less', score = 'error'): Heatmap => ({
  ...{ title: 'x', rowTitle: 'attack', columnTitle: 'aggregator', score, better },
  ...{ rows: ['a'], columns: values.map(String) },
  cells: values.map((value, i) => ({ row: 'a', column: String(values[i]), value, marked: i === 0 })),
});

const fields = (heatmap: Heatmap): readonly { good: number; text: string }[] =>
  (heatmapSpec(heatmap).data as unknown as { values: { good: number; text: string }[] }).values;

test('the least error is the best and the largest the worst, on a logarithmic scale where they spread', (t) => {
  t.deepEqual(
    fields(map([1, 10, 100])).map(({ good }) => good),
    [1, 0.5, 0],
  );
  t.deepEqual(
    fields(map([1, 2, 3])).map(({ good }) => good),
    [1, 0.5, 0],
  );
});

test('of an accuracy, more is better, and it is told in per cent', (t) => {
  t.deepEqual(
    fields(map([0.5, 0.75, 1], 'more', 'accuracy')).map(({ good, text }) => [good, text]),
    [
      [0, '50.0 %'],
      [0.5, '75.0 %'],
      [1, '100.0 %'],
    ],
  );
});

test('one huge value doesn’t take the colours from the others, and what isn’t finite has none', (t) => {
  const [one, ten, hundred, huge, none] = fields(map([1, 10, 100, 1e140, null])).map(({ good }) => good);
  t.is(one, 1);
  t.true(one! - ten! > 0.15 && ten! - hundred! > 0.15);
  t.is(huge, 0);
  t.is(none, -1);
});

test('it is drawn with its figures, a frame, and grey for what isn’t finite; without fields it is refused', async (t) => {
  const svg = await figureSvg(heatmapSpec(map([1, 10, null])));
  t.true(svg.startsWith('<svg') && svg.includes('∞') && svg.includes('#b0b0b0') && svg.includes('#d00000'));
  t.throws(() => heatmapSpec(map([])), { instanceOf: RangeError });
});
