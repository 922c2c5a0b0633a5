import { type Axis, chooseScale, linearAxis, logAxis, TICKS, ticksOf, within } from './axis.js';
import { type CurveStyle, styleChannels } from './curve-style.js';
import { type Across, crosswise, type LevelAxis } from './crosswise.js';
import { headingLayer } from './figure-heading.js';
import type { JsonNumber } from './json-number.js';
import type { Measurement } from './measurements.js';
import { banded, type Banded, matched } from './replicated.js';
import { isGap, isShare } from './score-text.js';

/** One run's measurements under the name that the legend shows. */
export interface Curve {
  readonly name: string;
  readonly points: readonly Measurement[];
  /** Measurements of further replications: the curve is then the mean of all, with its interval as a band. */
  readonly replications?: readonly (readonly Measurement[])[];
}

/** One chart: a score against server steps, virtual time, messages received, bytes sent both ways, gradients, or passes over the data. */
export interface Panel {
  readonly score: string;
  readonly against: Across;
  /** By default linear for accuracies, log for gaps, and for others whatever `chooseScale` finds; linear where `range` begins at 0 or below. */
  readonly scale?: 'linear' | 'log';
  readonly title?: string;
  /** Indices of the curves that it shows; all unless given. */
  readonly curves?: readonly number[];
  /** Least and largest value on the upright axis, in its units; what is beyond is cut off. Around all values unless given. */
  readonly range?: readonly [low: number, high: number];
}

/** A curve, with its style and its place among those of its panel. */
export interface Styled {
  readonly curve: Curve;
  readonly style: CurveStyle;
}

/** A point as drawn: `y` is `null` where the line breaks, `marked` where the curve's marker stands, `floored` where a triangle stands for a value off the log axis. */
interface Row {
  readonly x: number;
  readonly y: JsonNumber;
  readonly marked: boolean;
  readonly floored: boolean;
}

const MARKERS_PER_CURVE = 7;

/** What a curve is drawn from: its runs' measurements, those with one index belonging together. */
const runsOf = ({ points, replications = [] }: Curve): readonly (readonly Measurement[])[] =>
  replications.length === 0 ? [points] : matched([points, ...replications]);

/** The score of each run, in the units of the axis. */
const valuesOf = (runs: readonly (readonly Measurement[])[], score: string, percent: boolean) => {
  const valueOf = (value: JsonNumber | undefined): JsonNumber =>
    value === undefined || value === null || !Number.isFinite(value) ? null : percent ? 100 * value : value;
  return runs.map((points) => points.map((point) => valueOf(point[score])));
};

/** One chart of a figure: lines with a few markers each, bands where there are replications, axes titled with their units. */
export const panelSpec = (
  shown: readonly Styled[],
  styles: readonly CurveStyle[],
  panel: Panel,
  size: { readonly width: number; readonly height: number },
) => {
  const runs = shown.map(({ curve }) => runsOf(curve));
  const across = crosswise(runs, panel.against);
  const percent = isShare(panel.score);
  const values = runs.map((each) => valuesOf(each, panel.score, percent));
  const scale = scaleOf(values.flat(2), panel, percent);
  const points = values.map(([first, ...others]) =>
    first!.map((value, i): Banded => banded([value, ...others.map((other) => other[i]!)], scale)),
  );
  const axis = upright(
    points.flat().flatMap(({ y, low, high }) => (low === null ? [y] : [y, low, high])),
    { ...panel, scale },
    percent,
  );
  const rows = shown.flatMap(({ style }, index) => {
    const each = points[index]!;
    const drawn = rowsOf(across.xs[index]!, each.map(({ y }) => y), axis.scale, index / shown.length); // prettier-ignore
    return drawn.map((row, i) => ({
      curve: String(styles.indexOf(style)),
      markerSize: style.markerSize,
      ...row,
      ...(each.some(({ low }) => low !== null) && bandIn(each[i]!, percent)),
    }));
  });
  const floored = rows.some((row) => row.floored);
  const { colour, dash, marker, markerSize } = styleChannels(styles);
  const clip = panel.range === undefined ? {} : { clip: true };
  const y = uprightChannel(axis, panel, `${panel.score}${percent ? ' (%)' : ''}${floored ? ' (▽: 0 or less)' : ''}`);
  return {
    ...size,
    data: { values: rows },
    encoding: { x: levelChannel(across), y },
    layer: [
      ...(rows.some((row) => 'low' in row) ? [bandLayer(y, colour, clip)] : []),
      {
        mark: { type: 'line' as const, strokeWidth: 1.6, invalid: 'break-paths-show-domains' as const, ...clip },
        encoding: { color: colour, strokeDash: dash },
      },
      {
        transform: [{ filter: 'datum.marked' }],
        mark: { type: 'point' as const, filled: true, opacity: 1, stroke: 'white', strokeWidth: 0.6, ...clip },
        encoding: { fill: colour, shape: marker, size: markerSize },
      },
      {
        transform: [{ filter: 'datum.floored' }],
        mark: { type: 'point' as const, filled: false, opacity: 1, size: 40, strokeWidth: 1.2, shape: 'triangle-down' },
        encoding: { y: { value: size.height }, color: colour },
      },
      ...(panel.title === undefined ? [] : [headingLayer(panel.title, size.width)]),
      ...(rows.some(({ y, floored }) => y !== null || floored) ? [] : [nothing(size)]),
    ],
  };
};

const levelChannel = ({ end, title, ticks }: LevelAxis) => ({
  field: 'x',
  type: 'quantitative' as const,
  scale: { domain: [0, end], nice: false },
  axis: { title, tickCount: TICKS, format: end >= 1e6 ? '~s' : ',f', grid: false, labelFlush: false, ...ticks },
});

const uprightChannel = (axis: Axis, { range }: Panel, title: string) => ({
  field: 'y',
  type: 'quantitative' as const,
  scale:
    axis.scale === 'log'
      ? { type: 'log' as const, domain: [...axis.domain], nice: false }
      : { domain: [...axis.domain], nice: range === undefined && TICKS, zero: false },
  axis: { title, ...ticksOf(axis) },
});

/** The interval; of shares, as far as shares go. What is beyond a range that was asked for is cut off when it is drawn. */
const bandIn = ({ low, high }: Banded, percent: boolean) => ({
  low: percent && low !== null ? Math.max(low, 0) : low,
  high: percent && high !== null ? Math.min(high, 100) : high,
});

const bandLayer = <Y extends object, Colour>(y: Y, colour: Colour, clip: object) => ({
  mark: { type: 'area' as const, opacity: 0.18, invalid: 'break-paths-show-domains' as const, ...clip },
  encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' }, color: colour },
});

const nothing = ({ width, height }: { readonly width: number; readonly height: number }) => ({
  data: { values: [{ text: 'no finite value' }] },
  mark: { type: 'text' as const, color: '#777777' },
  encoding: { x: { value: width / 2 }, y: { value: height / 2 }, text: { field: 'text' } },
});

const scaleOf = (values: readonly JsonNumber[], { scale, range, score }: Panel, percent: boolean): Axis['scale'] => {
  const usual =
    percent || (range !== undefined && range[0] <= 0) ? 'linear' : isGap(score) ? 'log' : chooseScale(values);
  return scale ?? usual;
};

const upright = (values: readonly JsonNumber[], { scale, range }: Panel, percent: boolean): Axis => {
  if (range !== undefined) return within(range, scale ?? 'linear');
  if (scale === 'log') return logAxis(values);
  return linearAxis(values, percent ? [0, 100] : [-Infinity, Infinity]);
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
