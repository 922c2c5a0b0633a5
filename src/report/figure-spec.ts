import type { TopLevelSpec } from 'vega-lite';
import { curveStyle } from './curve-style.js';
import { headingLayer } from './figure-heading.js';
import { legendSpec } from './figure-legend.js';
import { type Curve, type Panel, panelSpec } from './figure-panel.js';
import { noted } from './outside-theorem.js';
import type { Metric } from './summary.js';

/** What a figure shows. */
export interface FigureOptions {
  /** The score to show; a whole metric, as objectives have it, will do. */
  readonly metric: Pick<Metric, 'name'>;
  /** By default two: the metric against steps and against virtual time. */
  readonly panels?: readonly Panel[];
  /** Whether the panels are laid out by hand: then up to three stand in a row, not two. */
  readonly laidOut?: boolean;
  readonly title?: string;
  /** Said above all panels. */
  readonly notes?: readonly string[];
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

/** As many panels of those that a scenario lays out stand in a row. */
const columnsOf = (panels: number): number => (panels === 4 ? 2 : Math.min(3, panels));

/** Room for a legend above panels, in pixels. */
const widthOf = (panels: number): number => panels * (PANEL.width + 40);

/** Panels that share curves, below one legend; a curve looks the same in each. */
const together = (curves: readonly Curve[], panels: readonly Panel[], columns: number) => {
  const shown = curves.flatMap((curve, index) =>
    panels.some((panel) => panel.curves?.includes(index) ?? true) ? [{ curve, index }] : [],
  );
  const styles = shown.map((_, i) => curveStyle(i));
  const styled = (panel: Panel) =>
    shown.flatMap(({ curve, index }, i) =>
      (panel.curves?.includes(index) ?? true) ? [{ curve, style: styles[i]! }] : [],
    );
  const charts = {
    columns,
    spacing: 28,
    concat: panels.map((panel) => panelSpec(styled(panel), styles, panel, PANEL)),
  };
  const names = shown.map(({ curve }) => curve.name);
  const width = widthOf(Math.min(panels.length, columns));
  return names.length === 1 ? [charts] : [legendSpec(names, styles, width, FONT.size), charts];
};

/** Panels of which no two show the same curve, each below a legend of its own; the i-th curves of all look alike. */
const apart = (
  curves: readonly Curve[],
  panels: readonly (Panel & Required<Pick<Panel, 'curves'>>)[],
  columns: number,
) => {
  // As many for each panel as the one with most curves needs, since panels side by side have scales of one domain.
  const most = Math.max(...panels.map((panel) => panel.curves.length));
  const styles = Array.from({ length: most }, (_, i) => curveStyle(i));
  const parts = panels.map((panel) => {
    const styled = panel.curves.map((index, i) => ({ curve: curves[index]!, style: styles[i]! }));
    const names = styled.map(({ curve }) => curve.name);
    const { title, ...untitled } = panel;
    return {
      ...{ title, legend: legendSpec(names, styles, PANEL.width, FONT.size) },
      chart: panelSpec(styled, styles, untitled, PANEL),
    };
  });
  // All of one height, so that the charts of a row begin at one height too.
  const height = Math.max(...parts.map(({ legend }) => legend.height));
  const concat = parts.map(({ title, legend, chart }) => ({
    ...{ spacing: 8, center: true },
    vconcat: [
      {
        ...legend,
        height,
        layer: [...legend.layer, ...(title === undefined ? [] : [headingLayer(title, legend.width)])],
      },
      chart,
    ],
  }));
  return [{ columns, spacing: 28, concat }];
};

/** Whether each panel says what it shows, and no two show the same. */
const areApart = (panels: readonly Panel[]): panels is readonly (Panel & Required<Pick<Panel, 'curves'>>)[] => {
  const chosen = panels.map(({ curves }) => curves);
  if (panels.length < 2 || chosen.includes(undefined)) return false;
  const all = chosen.flatMap((each) => each ?? []);
  return new Set(all).size === all.length;
};

/**
 * A figure for print as a Vega-Lite spec: panels side by side, a legend above if there are several curves. Where no curve is in two
 * panels, each panel has a legend of its own, and styles begin anew in each. What is not
 * finite leaves a gap; on a log axis, what is not positive stands as a triangle on the lower edge. RangeError without curves.
 */
export const figureSpec = (curves: readonly Curve[], options: FigureOptions): TopLevelSpec => {
  if (curves.length === 0) throw new RangeError('A figure needs at least one curve, got none.');
  const { metric, title, notes = [], laidOut = false } = options;
  const panels: readonly Panel[] = options.panels ?? [
    { score: metric.name, against: 'step' },
    { score: metric.name, against: 'time' },
  ];
  const columns = laidOut ? columnsOf(panels.length) : COLUMNS;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 6,
    ...noted(title, notes, widthOf(Math.min(panels.length, columns))),
    center: true,
    spacing: 10,
    vconcat: areApart(panels) ? apart(curves, panels, columns) : together(curves, panels, columns),
    config: figureConfig,
  };
};
