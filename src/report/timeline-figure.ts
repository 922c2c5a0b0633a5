import type { TopLevelSpec } from 'vega-lite';
import { FONT, figureConfig } from './figure-spec.js';
import { noted } from './outside-theorem.js';
import type { Timeline } from './timeline.js';
import { type BarStyle, type LegendEntry, type MarkStyle, shapeOf, timelineLegend } from './timeline-legend.js';
import { timeUnit } from './time-unit.js';
import type { Activity } from './worker-clock.js';

const WIDTH = 760;
/** Height of a row in pixels: of few workers, and of many. */
const ROWS = { few: 24, many: 16, upTo: 20 } as const;
/** Arrivals this far apart have room for their staleness in figures. */
const ROOM = 17;

const INK = '#333333';
const HONEST = '#0072b2';
const LIAR = '#d55e00';

const bars: Readonly<Record<Exclude<Activity, 'waiting' | 'compute'>, BarStyle>> = {
  download: { colour: '#56b4e9', height: 4 },
  upload: { colour: '#e69f00', height: 4 },
  held: { colour: '#cc79a7', height: 4 },
  offline: { colour: '#888888', height: 1, dashed: true },
};
const computing = (byzantine: boolean): BarStyle => ({ colour: byzantine ? '#eeb28a' : '#8fbfdf', height: 11 });
const arrival = (byzantine: boolean): MarkStyle =>
  byzantine ? { colour: LIAR, shape: 'diamond' } : { colour: HONEST, shape: 'circle' };
const lost: MarkStyle = { colour: INK, shape: 'times' };

const named: Readonly<Record<keyof typeof bars, string>> = {
  download: 'model on its way',
  upload: 'message on its way',
  held: 'held back',
  offline: 'away',
};

const mostStale = ({ ends }: Timeline): number =>
  ends.reduce((most, { staleness }) => Math.max(most, staleness ?? 0), 0);

/** White for none, nearly black for the most. */
const shadeOf = (staleness: number, most: number): string => {
  const level = Math.round(255 - (most === 0 ? 0 : (225 * staleness) / most));
  return `rgb(${level},${level},${level})`;
};

/** Shades of some values, where staleness isn't written out. */
const shades = (shown: Timeline): readonly LegendEntry[] => {
  const most = mostStale(shown);
  const values = [...new Set([0, Math.round(most / 2), most])];
  return values.map((value) => ({
    name: `${value} ${value === 1 ? 'step' : 'steps'} stale`,
    mark: { colour: '#999999', shape: 'circle', fill: shadeOf(value, most) },
  }));
};

const legendOf = (shown: Timeline, texts: boolean): readonly LegendEntry[] => {
  const { pieces, ends, byzantine } = shown;
  const occurs = (activity: Activity): boolean => pieces.some((piece) => piece.activity === activity);
  const arrives = (liar: boolean): boolean => ends.some((end) => end.staleness !== null && end.byzantine === liar);
  const staleness = texts ? ', with its staleness in steps' : '';
  return [
    { name: 'computes', bar: computing(false) },
    ...(byzantine.length > 0 ? [{ name: 'computes (Byzantine)', bar: computing(true) }] : []),
    ...Object.entries(named).flatMap(([activity, name]) =>
      occurs(activity as Activity) ? [{ name, bar: bars[activity as keyof typeof bars] }] : [],
    ),
    ...(arrives(false) ? [{ name: `honest arrival${staleness}`, mark: arrival(false) }] : []),
    ...(arrives(true) ? [{ name: `Byzantine arrival${staleness}`, mark: arrival(true) }] : []),
    ...(ends.some(({ staleness }) => staleness === null) ? [{ name: 'comes to nothing', mark: lost }] : []),
    ...(texts ? [] : shades(shown)),
    { name: 'server step', mark: { colour: INK, shape: 'upright' } },
  ];
};

/** Area in which a staleness can be read, in square pixels: a diamond has less room inside. */
const AREA = { circle: 210, diamond: 330, times: 60, upright: 60 } as const;

/** Whether all arrivals of each worker are far enough apart for texts. */
const hasRoom = ({ ends, until }: Timeline): boolean => {
  const last = new Map<number, number>();
  return ends.every(({ worker, time }) => {
    const before = last.get(worker);
    last.set(worker, time);
    return before === undefined || ((time - before) / until) * WIDTH >= ROOM;
  });
};

const titleOf = ({ workers, count }: Timeline, name: string): string =>
  workers.length < count ? `${name} (${workers.length} of ${count} workers)` : name;

const labelOf = (worker: number, byzantine: boolean): string => (byzantine ? `◆ ${worker}` : String(worker));

/** The rows of the picture, as data: bars and dashed lines, ends of rounds, steps. */
const dataOf = (shown: Timeline, unit: number, height: number) => {
  const { workers, byzantine, pieces, ends, steps } = shown;
  const liars = new Set(byzantine);
  const row = new Map(workers.map((worker, i) => [worker, (i + 1.5) * height]));
  const drawn = pieces.map(({ worker, activity, from, to }) => {
    const style: BarStyle = activity === 'compute' ? computing(liars.has(worker)) : bars[activity as keyof typeof bars];
    const y = row.get(worker)!;
    const box = { y: y - style.height / 2, y2: y + style.height / 2 };
    return { x: from / unit, x2: to / unit, middle: y, ...box, colour: style.colour, dashed: style.dashed === true };
  });
  const most = mostStale(shown);
  const marks = ends.map(({ worker, time, byzantine: liar, staleness }) => {
    const { colour, shape } = staleness === null ? lost : arrival(liar);
    return {
      x: time / unit,
      y: row.get(worker)!,
      colour,
      shape: shapeOf(shape),
      area: AREA[shape],
      staleness,
      shade: shadeOf(staleness ?? 0, most),
    };
  });
  const ticks = steps.map((time) => ({ x: time / unit, y: 0.2 * height, y2: 0.8 * height }));
  return { drawn, marks, ticks };
};

const exactly = (field: string) => ({ field, type: 'nominal' as const, scale: null, legend: null });
const place = (field: string) => ({ field, type: 'quantitative' as const });

/** Stretches of time and the server's steps, in layers. */
const stretchLayers = ({ drawn, ticks }: ReturnType<typeof dataOf>, x: object, y: object) => [
  {
    data: { values: drawn.filter(({ dashed }) => !dashed) },
    mark: { type: 'rect' as const },
    encoding: { x, x2: { field: 'x2' }, y, y2: { field: 'y2' }, fill: exactly('colour') },
  },
  {
    data: { values: drawn.filter(({ dashed }) => dashed) },
    mark: { type: 'rule' as const, strokeDash: [3, 3], strokeWidth: 1.5 },
    encoding: { x, x2: { field: 'x2' }, y: { ...y, field: 'middle' }, stroke: exactly('colour') },
  },
  {
    data: { values: ticks },
    mark: { type: 'rule' as const, color: INK, strokeWidth: 1 },
    encoding: { x, y, y2: { field: 'y2' } },
  },
];

/** The ends of rounds, in layers: with their staleness as text, or as a shade of grey. */
const endLayers = ({ marks }: ReturnType<typeof dataOf>, x: object, y: object, texts: boolean) => {
  const arrivals = marks.filter(({ staleness }) => staleness !== null);
  const mark = { type: 'point' as const, size: 46, strokeWidth: texts ? 1.4 : 1, opacity: 1 };
  const area = { ...exactly('area'), type: 'quantitative' as const };
  const styled = { x, y, shape: exactly('shape'), stroke: exactly('colour') };
  return [
    {
      data: { values: marks.filter(({ staleness }) => staleness === null) },
      mark: { type: 'point' as const, size: 110, strokeWidth: 1.6, opacity: 1, filled: false },
      encoding: styled,
    },
    {
      data: { values: arrivals },
      mark: texts ? { ...mark, fill: 'white' } : mark,
      encoding: { ...styled, ...(texts ? { size: area } : { fill: exactly('shade') }) },
    },
    {
      data: { values: texts ? arrivals : [] },
      mark: { type: 'text' as const, fontSize: FONT.size - 3, color: INK, baseline: 'middle' as const },
      encoding: { x, y, text: { field: 'staleness' } },
    },
  ];
};

const labelLayer = ({ workers, byzantine }: Timeline, height: number, y: object) => {
  const liars = new Set(byzantine);
  const labels = [
    { y: height / 2, text: 'server', colour: INK },
    ...workers.map((id, i) => ({
      ...{ y: (i + 1.5) * height, text: labelOf(id, liars.has(id)) },
      colour: liars.has(id) ? LIAR : INK,
    })),
  ];
  const mark = { type: 'text', align: 'right', baseline: 'middle', fontSize: FONT.size - 1, dx: -8 } as const;
  return {
    data: { values: labels },
    mark,
    encoding: { x: { value: 0 }, y, text: { field: 'text' }, fill: exactly('colour') },
  };
};

/** What each worker does, one below the other, against virtual time, as a Vega-Lite spec; free stretches are spent waiting for the server; `notes` stand above. */
export const timelineSpec = (shown: Timeline, name: string, notes: readonly string[] = []): TopLevelSpec => {
  const { workers, until } = shown;
  const height = workers.length > ROWS.upTo ? ROWS.many : ROWS.few;
  const total = height * (workers.length + 1);
  const unit = timeUnit(until);
  const data = dataOf(shown, unit.ms, height);
  const texts = hasRoom(shown);
  const x = {
    ...place('x'),
    scale: { domain: [0, until / unit.ms || 1], nice: false },
    axis: { title: `virtual time (${unit.name})`, grid: true, tickCount: 10, format: '~r', labelFlush: false },
  };
  const scale = { domain: [0, total], range: [0, total], nice: false, zero: false };
  const y = { ...place('y'), scale, axis: null };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 6,
    ...noted(titleOf(shown, name), notes, WIDTH),
    center: true,
    spacing: 12,
    vconcat: [
      timelineLegend(legendOf(shown, texts), WIDTH),
      {
        ...{ width: WIDTH, height: total },
        layer: [...stretchLayers(data, x, y), ...endLayers(data, x, y, texts), labelLayer(shown, height, y)],
      },
    ],
    config: figureConfig,
  };
};
