import { type Axis, chooseScale, linearAxis, logAxis, TICKS, ticksOf } from './axis.js';
import { type CurveStyle, styleChannels } from './curve-style.js';
import type { JsonNumber } from './json-number.js';
import type { Measurement } from './measurements.js';
import { isGap, isShare } from './score-text.js';
import { timeUnit } from './time-unit.js';

/** One run's measurements under the name that the legend shows. */
export interface Curve {
  readonly name: string;
  readonly points: readonly Measurement[];
}

/** One chart: a score against server steps, virtual time, messages received, or bytes sent both ways. */
export interface Panel {
  readonly score: string;
  readonly against: 'step' | 'time' | 'messages' | 'bytes';
  /** By default linear for accuracies, log for gaps, and for others whatever `chooseScale` finds. */
  readonly scale?: 'linear' | 'log';
}

/** A point as drawn: `y` is `null` where the line breaks, `marked` where the curve's marker stands, `floored` where a triangle stands for a value off the log axis. */
interface Row {
  readonly x: number;
  readonly y: JsonNumber;
  readonly marked: boolean;
  readonly floored: boolean;
}

const MARKERS_PER_CURVE = 7;
/** One chart of a figure: lines with a few markers each, axes titled with their units. */
export const panelSpec = (
  curves: readonly Curve[],
  styles: readonly CurveStyle[],
  panel: Panel,
  size: { readonly width: number; readonly height: number },
) => {
  const across = crosswise(curves, panel.against);
  const percent = isShare(panel.score);
  const valueOf = (value: JsonNumber | undefined): JsonNumber =>
    value === undefined || value === null || !Number.isFinite(value) ? null : percent ? 100 * value : value;
  const values = curves.map(({ points }) => points.map((point) => valueOf(point[panel.score])));
  const axis = upright(values.flat(), panel, percent);
  const rows = curves.flatMap(({ points }, index) =>
    rowsOf(points.map(across.of), values[index]!, axis.scale, index / curves.length).map((row) => ({
      curve: String(index),
      markerSize: styles[index]!.markerSize,
      ...row,
    })),
  );
  const floored = rows.some((row) => row.floored);
  const { colour, dash, marker, markerSize } = styleChannels(styles);
  return {
    ...size,
    data: { values: rows },
    encoding: {
      x: {
        field: 'x',
        type: 'quantitative' as const,
        scale: { domain: [0, across.end], nice: false },
        axis: {
          title: across.title,
          tickCount: TICKS,
          format: across.end >= 1e6 ? '~s' : ',f',
          grid: false,
          labelFlush: false,
          ...across.ticks,
        },
      },
      y: {
        field: 'y',
        type: 'quantitative' as const,
        scale:
          axis.scale === 'log'
            ? { type: 'log' as const, domain: [...axis.domain], nice: false }
            : { domain: [...axis.domain], nice: TICKS, zero: false },
        axis: { title: `${panel.score}${percent ? ' (%)' : ''}${floored ? ' (▽: 0 or less)' : ''}`, ...ticksOf(axis) },
      },
    },
    layer: [
      {
        mark: { type: 'line' as const, strokeWidth: 1.6, invalid: 'break-paths-show-domains' as const },
        encoding: { color: colour, strokeDash: dash },
      },
      {
        transform: [{ filter: 'datum.marked' }],
        mark: { type: 'point' as const, filled: true, opacity: 1, stroke: 'white', strokeWidth: 0.6 },
        encoding: { fill: colour, shape: marker, size: markerSize },
      },
      {
        transform: [{ filter: 'datum.floored' }],
        mark: { type: 'point' as const, filled: false, opacity: 1, size: 40, strokeWidth: 1.2, shape: 'triangle-down' },
        encoding: { y: { value: size.height }, color: colour },
      },
      ...(rows.some(({ y, floored }) => y !== null || floored) ? [] : [nothing(size)]),
    ],
  };
};

const nothing = ({ width, height }: { readonly width: number; readonly height: number }) => ({
  data: { values: [{ text: 'no finite value' }] },
  mark: { type: 'text' as const, color: '#777777' },
  encoding: { x: { value: width / 2 }, y: { value: height / 2 }, text: { field: 'text' } },
});

const upright = (values: readonly JsonNumber[], { scale, score }: Panel, percent: boolean): Axis => {
  const usual = percent ? 'linear' : isGap(score) ? 'log' : chooseScale(values);
  if ((scale ?? usual) === 'log') return logAxis(values);
  return linearAxis(values, percent ? [0, 100] : [-Infinity, Infinity]);
};

type Point = Curve['points'][number];

const titles = { step: 'server steps', messages: 'messages received' } as const;
const byteUnits = [
  { name: 'GB', size: 1e9 },
  { name: 'MB', size: 1e6 },
  { name: 'kB', size: 1e3 },
];

const bytesAt = ({ bytesDown, bytesUp }: Point): number => (bytesDown ?? 0) + (bytesUp ?? 0);

const crosswise = (curves: readonly Curve[], against: Panel['against']) => {
  const at = (point: Point): number => (against === 'bytes' ? bytesAt(point) : point[against]);
  const end = curves.flatMap(({ points }) => points.map(at)).reduce((a, b) => Math.max(a, b), 0);
  if (against === 'step' || against === 'messages')
    return { of: at, end: end || 1, title: titles[against], ticks: { tickMinStep: 1 } };
  const scaled = (title: string, name: string, size: number) => ({
    of: (point: Point) => at(point) / size,
    ...{ end: end / size || 1, title: `${title} (${name})`, ticks: end / size < 10 ? { format: '~r' } : {} },
  });
  if (against === 'bytes') {
    const { name, size } = byteUnits.find((unit) => end >= 2 * unit.size) ?? { name: 'bytes', size: 1 };
    return scaled('bytes sent, both ways', name, size);
  }
  const { name, ms } = timeUnit(end);
  return { ...scaled('virtual time', name, ms), ticks: {} };
};

/** Markers stand at every stride-th point, shifted from curve to curve so that they don't hide each other, and at points without neighbours. */
const rowsOf = (
  xs: readonly number[],
  ys: readonly JsonNumber[],
  scale: Axis['scale'],
  shift: number,
): readonly Row[] => {
  const stride = Math.max(1, Math.ceil(xs.length / MARKERS_PER_CURVE));
  const first = Math.floor(shift * stride);
  const off = (y: JsonNumber | undefined): boolean => scale === 'log' && typeof y === 'number' && y <= 0;
  const drawn = (y: JsonNumber | undefined): boolean => typeof y === 'number' && !off(y);
  return xs.map((x, i) => {
    const y = ys[i]!;
    const due = i % stride === first;
    const alone = !drawn(ys[i - 1]) && !drawn(ys[i + 1]);
    return {
      x,
      y: drawn(y) ? y : null,
      marked: drawn(y) && (due || alone),
      floored: off(y) && (due || !off(ys[i - 1])),
    };
  });
};
