import test from 'ava';
import { compile } from 'vega-lite';
import { curveStyle } from '../../src/report/curve-style.js';
import type { Curve, Panel } from '../../src/report/figure-panel.js';
import { type FigureOptions, figureSpec } from '../../src/report/figure-spec.js';
import { figureSvg } from '../../src/report/figure-svg.js';

const curve = (name: string, score: string, values: readonly (number | null)[]): Curve => ({
  name,
  points: values.map((value, i) => ({
    time: 1000 * i,
    step: 10 * i,
    messages: 11 * i,
    [score]: value,
    byzantineShare: 0,
    stalenessMean: 0,
  })),
});

const draw = (curves: readonly Curve[], options: FigureOptions): Promise<string> =>
  figureSvg(figureSpec(curves, options));
const accuracy = { metric: { name: 'accuracy' } };
const error = { metric: { name: 'error' } };
const texts = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!);
const lines = (svg: string): string[] =>
  [...svg.matchAll(/<path d="([^"]*)" stroke="[^"]*" stroke-width="1.6"/g)].map((match) => match[1]!);

test('the same curves give the same bytes, whatever was drawn in between', async (t) => {
  const curves = [curve('a & b', 'accuracy', [0.1, 0.5, null, 0.9]), curve('λ < 0.4', 'accuracy', [0.1, 0.2, 0.3])];
  const first = await draw(curves, accuracy);
  await Promise.all([draw(curves, { ...accuracy, title: 'other' }), draw(curves.slice(1), accuracy)]);
  t.is(await draw(curves, accuracy), first);
});

test('axes have titles with units, and several curves a legend with their names', async (t) => {
  const found = texts(
    await draw([curve('a & b', 'accuracy', [0, 1]), curve('λ < 0.4', 'accuracy', [0, 1, 1])], {
      ...accuracy,
      title: 'T',
    }),
  );
  for (const text of ['accuracy (%)', 'server steps', 'virtual time (s)', 'a &amp; b', 'λ &lt; 0.4', 'T']) {
    t.true(found.includes(text), text);
  }
  t.false(texts(await draw([curve('alone', 'accuracy', [0, 1])], accuracy)).includes('alone'));
});

test('values that are not finite break the line and are never drawn', async (t) => {
  const svg = await draw([curve('a', 'accuracy', [0.1, 0.2, null, 0.4, 0.5, NaN])], accuracy);
  t.notRegex(svg, /NaN|Infinity|undefined|null/);
  t.deepEqual(
    lines(svg).map((path) => path.split('M').length - 1),
    [2, 2],
  );
});

test('zeros on a log axis are triangles on its lower edge', async (t) => {
  const svg = await draw([curve('a', 'error', [10, 1, 0.1, 0, 0])], error);
  t.true(texts(svg).includes('error (▽: 0 or less)'));
  t.notRegex(svg, /NaN|Infinity/);
  t.deepEqual(
    lines(svg).map((path) => path.split(/[ML]/).length - 1),
    [3, 3],
  );
  const without = await draw([curve('a', 'error', [10, 1, 0.1])], error);
  t.true(texts(without).includes('error'));
});

test('gaps have a log axis even where they hardly change', async (t) => {
  const svg = async (score: string) => texts(await draw([curve('a', score, [0.5, 0.4])], { metric: { name: score } }));
  for (const score of ['suboptimality', 'gradientNorm']) t.true((await svg(score)).includes('0.1'), score);
  t.false((await svg('error')).includes('0.1'));
});

test('one point, none, and only such as are not finite can be drawn', async (t) => {
  const onLog: FigureOptions = { ...error, panels: [{ score: 'error', against: 'time', scale: 'log' }] };
  for (const values of [[0.5], [], [null, null]]) {
    for (const options of [accuracy, error, onLog]) {
      const svg = await draw([curve('a', options.metric.name, values)], options);
      t.notRegex(svg, /NaN|Infinity/);
      t.is(texts(svg).includes('no finite value'), values[0] !== 0.5);
    }
  }
});

test('panels are as asked for, in time units that fit', async (t) => {
  const { points } = curve('a', 'loss', [2, 1]);
  const curves = [{ name: 'a', points: points.map((point) => ({ ...point, time: point.time * 7200 })) }];
  const panels: Panel[] = [
    { score: 'loss', against: 'time' },
    { score: 'loss', against: 'messages' },
  ];
  const found = texts(await draw(curves, { metric: { name: 'loss' }, panels }));
  t.true(found.includes('virtual time (h)'));
  t.true(found.includes('messages received'));
});

test('vega-lite finds nothing to warn of', (t) => {
  const warnings: unknown[] = [];
  const { warn } = console;
  console.warn = (...args: unknown[]) => warnings.push(args);
  try {
    compile(figureSpec([curve('a', 'error', [10, 1, 0.1, 0]), curve('b', 'error', [null])], { ...error, title: 'T' }));
  } finally {
    console.warn = warn;
  }
  t.deepEqual(warnings, []);
});

test('no curves is an error', (t) => {
  t.throws(() => figureSpec([], accuracy), { message: 'A figure needs at least one curve, got none.' });
});

test('no two of 140 curves look the same, and neighbours differ in colour, dashes and marker', (t) => {
  const styles = Array.from({ length: 140 }, (_, i) => curveStyle(i));
  t.is(new Set(styles.map((style) => JSON.stringify(style))).size, 140);
  styles.slice(1).forEach((style, i) => {
    const before = styles[i]!;
    t.true(style.colour !== before.colour && style.dash !== before.dash && style.marker !== before.marker);
  });
});

const replicated = (name: string, ...runs: readonly (readonly (number | null)[])[]): Curve => {
  const [first, ...others] = runs.map((values) => curve(name, 'error', values));
  return { ...first!, replications: others.map(({ points }) => points) };
};
const bands = (svg: string): string[] =>
  [...svg.matchAll(/<path d="([^"]*)" fill="#[0-9a-f]{6}" opacity="0.18"/g)].map((match) => match[1]!);

test('replications are drawn as one line with a band, and a single run without', async (t) => {
  const options: FigureOptions = { ...error, panels: [{ score: 'error', against: 'step' }] };
  const svg = await draw([replicated('a', [3, 2, 1], [4, 3, 2], [5, 4, 3]), curve('b', 'error', [1, 1, 2])], options);
  t.is(lines(svg).length, 2);
  t.is(bands(svg).length, 1);
  const alone = curve('a', 'error', [3, 2, 1]);
  t.is(await draw([{ ...alone, replications: [] }], options), await draw([alone], options));
});

test('a diverged replication breaks line and band', async (t) => {
  for (const scale of ['linear', 'log'] as const) {
    const options: FigureOptions = { ...error, panels: [{ score: 'error', against: 'step', scale }] };
    const svg = await draw([replicated('a', [3, 2, null, 2, 1], [4, 3, 2, 2.5, 2])], options);
    t.notRegex(svg, /NaN|Infinity/);
    t.is(lines(svg)[0]!.split('M').length - 1, 2, scale);
  }
});

test('a panel shows the runs that it names, in a range, below its title; a shared legend only what is shown', async (t) => {
  const curves = ['a', 'b', 'c'].map((name) => curve(name, 'error', [10, 1, 0.1]));
  const panels: Panel[] = [
    { score: 'error', against: 'step', title: 'First', curves: [0, 1], range: [0.5, 5], scale: 'linear' },
    { score: 'error', against: 'gradients', title: 'Second', curves: [1] },
  ];
  const svg = await draw(curves, { ...error, panels, laidOut: true });
  const found = texts(svg);
  for (const text of ['First', 'Second', 'a', 'b', 'gradient evaluations (minibatches)'])
    t.true(found.includes(text), text);
  t.false(found.includes('c'));
  t.is(found.filter((text) => text === 'b').length, 1);
  t.regex(svg, /clip-path/);
});

test('panels without a curve in common have legends of their own, with the same styles', async (t) => {
  const curves = ['a', 'b', 'c', 'd'].map((name) => curve(name, 'error', [10, 1, 0.1]));
  const panels: Panel[] = [
    { score: 'error', against: 'step', title: 'First', curves: [0, 1] },
    { score: 'error', against: 'step', title: 'Second', curves: [2, 3] },
  ];
  const svg = await draw(curves, { ...error, panels, laidOut: true });
  for (const name of ['a', 'b', 'c', 'd']) t.is(texts(svg).filter((text) => text === name).length, 1, name);
  const colours = new Set([...svg.matchAll(/stroke="(#[0-9a-f]{6})" stroke-width="1.6"/g)].map((match) => match[1]!));
  t.is(colours.size, 2);
});
