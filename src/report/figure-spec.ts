import type { TopLevelSpec } from 'vega-lite';
import { curveStyle } from './curve-style.js';
import { legendSpec } from './figure-legend.js';
import { type Curve, type Panel, panelSpec } from './figure-panel.js';
import type { Metric } from './summary.js';

/** What a figure shows. */
export interface FigureOptions {
  /** The score to show; a whole metric, as objectives have it, will do. */
  readonly metric: Pick<Metric, 'name'>;
  /** By default two: the metric against steps and against virtual time. */
  readonly panels?: readonly Panel[];
  readonly title?: string;
}

/** The type of all figures: in pixels, of 96 to the inch. */
export const FONT = { family: 'Helvetica, Arial, "Liberation Sans", sans-serif', size: 11 } as const;

const PANEL = { width: 260, height: 170 } as const;
const COLUMNS = 2;
const INK = '#333333';

/** How all figures look. */
export const figureConfig: NonNullable<TopLevelSpec['config']> = {
  aria: false,
  font: FONT.family,
  view: { stroke: null },
  title: { fontSize: FONT.size + 2, fontWeight: 'bold', color: INK, anchor: 'middle', offset: 8 },
  axis: {
    labelFontSize: FONT.size - 1,
    titleFontSize: FONT.size,
    titleFontWeight: 'normal',
    labelColor: INK,
    titleColor: INK,
    titlePadding: 6,
    domainColor: INK,
    tickColor: INK,
    tickSize: 4,
    gridColor: '#e4e4e4',
    gridWidth: 0.6,
  },
};

/**
 * A figure for print as a Vega-Lite spec: panels side by side, a legend above if there are several curves. What is not
 * finite leaves a gap; on a log axis, what is not positive stands as a triangle on the lower edge. RangeError without curves.
 */
export const figureSpec = (curves: readonly Curve[], { metric, panels, title }: FigureOptions): TopLevelSpec => {
  if (curves.length === 0) throw new RangeError('A figure needs at least one curve, got none.');
  const shown: readonly Panel[] = panels ?? [
    { score: metric.name, against: 'step' },
    { score: metric.name, against: 'time' },
  ];
  const styles = curves.map((_, index) => curveStyle(index));
  const charts = {
    columns: COLUMNS,
    spacing: 28,
    concat: shown.map((panel) => panelSpec(curves, styles, panel, PANEL)),
  };
  const width = Math.min(shown.length, COLUMNS) * (PANEL.width + 40);
  const names = curves.map(({ name }) => name);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 6,
    ...(title === undefined ? {} : { title }),
    center: true,
    spacing: 10,
    vconcat: curves.length === 1 ? [charts] : [legendSpec(names, styles, width, FONT.size), charts],
    config: figureConfig,
  };
};
