import type { TopLevelSpec } from 'vega-lite';
import { logAxis, ticksOf } from './axis.js';
import { curveStyle, styleChannels } from './curve-style.js';
import { legendSpec } from './figure-legend.js';
import { FONT, figureConfig } from './figure-spec.js';

/** A bound, drawn as a line, or what was found, drawn as points. */
export interface CheckCurve {
  readonly name: string;
  readonly points: readonly { readonly lambda: number; readonly value: number }[];
  /** Whether the points were measured, so that nothing is known between them. */
  readonly measured: boolean;
}

/** What a figure of a check shows. */
export interface CheckFigure {
  readonly title: string;
  /** Title of the upright axis. */
  readonly quotient: string;
}

const SIZE = { width: 420, height: 260 } as const;

/**
 * The worst error found against λ beside the bounds' curves, as a Vega-Lite spec. What is not finite leaves a gap.
 * RangeError without curves.
 */
export const checkFigureSpec = (curves: readonly CheckCurve[], { title, quotient }: CheckFigure): TopLevelSpec => {
  if (curves.length === 0) throw new RangeError('A figure needs at least one curve, got none.');
  const styles = curves.map((_, index) => curveStyle(index));
  const { colour, dash, marker, markerSize } = styleChannels(styles);
  const values = curves.flatMap(({ points, measured }, index) =>
    points.map(({ lambda, value }) => ({
      curve: String(index),
      lambda,
      value: Number.isFinite(value) && value > 0 ? value : null,
      measured,
      markerSize: styles[index]!.markerSize,
    })),
  );
  const drawn = values.map(({ value }) => value);
  const axis = logAxis(drawn);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 6,
    title,
    center: true,
    spacing: 10,
    vconcat: [
      legendSpec(
        curves.map(({ name }) => name),
        styles,
        SIZE.width + 40,
        FONT.size,
        (index) => ({ line: !curves[index]!.measured, marker: curves[index]!.measured }),
      ),
      {
        ...SIZE,
        data: { values },
        encoding: {
          x: {
            field: 'lambda',
            type: 'quantitative',
            scale: { domain: [0, 0.5], nice: false },
            axis: { title: 'Byzantine share of the weight, λ', grid: false },
          },
          y: {
            field: 'value',
            type: 'quantitative',
            scale: { type: 'log', domain: [...axis.domain], nice: false },
            axis: { title: quotient, ...ticksOf(axis) },
          },
        },
        layer: [
          {
            transform: [{ filter: '!datum.measured' }],
            mark: { type: 'line', strokeWidth: 1.6, invalid: 'break-paths-show-domains' },
            encoding: { color: colour, strokeDash: dash },
          },
          {
            transform: [{ filter: 'datum.measured && datum.value !== null' }],
            mark: { type: 'point', filled: true, opacity: 1, stroke: 'white', strokeWidth: 0.6 },
            encoding: { fill: colour, shape: marker, size: markerSize },
          },
        ],
      },
    ],
    config: figureConfig,
  };
};
