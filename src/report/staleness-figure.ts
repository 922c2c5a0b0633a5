import type { TopLevelSpec } from 'vega-lite';
import { curveStyle } from './curve-style.js';
import { FONT, figureConfig } from './figure-spec.js';
import { noted } from './outside-theorem.js';
import { numberText } from './score-text.js';
import { stalenessBins, type StalenessHistogram, stalenessStatistics } from './staleness.js';

/** One run's messages by staleness, under the name that its panel shows. */
export interface NamedHistogram {
  readonly name: string;
  readonly histogram: StalenessHistogram;
}

const PANEL = { width: 260, height: 120 } as const;
/** An axis has room for so many bins, so that a run without staleness is no wall. */
const FEWEST = 5;
const INK = '#333333';

const panel = ({ name, histogram }: NamedHistogram, titled: boolean) => {
  const { width, counts } = stalenessBins(histogram);
  const total = counts.reduce((a, b) => a + b, 0);
  const { mean, p50, p95, max } = stalenessStatistics(histogram);
  // A bin of one staleness stands around it; a wider one from its least to the next one's.
  const shift = width === 1 ? -0.5 : 0;
  const bars = counts.map((count, i) => ({
    ...{ from: i * width + shift, to: (i + 1) * width + shift, share: total === 0 ? 0 : (100 * count) / total },
    zero: 0,
  }));
  const text = total === 0 ? 'no message' : `mean ${numberText(mean)}, median ${p50}, 95 % ≤ ${p95}, largest ${max}`;
  return {
    ...PANEL,
    title: {
      text: titled ? name : text,
      ...(titled ? { subtitle: text, subtitleColor: INK, subtitleFontSize: FONT.size - 1 } : {}),
      ...{ fontSize: titled ? FONT.size + 1 : FONT.size, fontWeight: titled ? ('bold' as const) : ('normal' as const) },
    },
    layer: [
      {
        data: { values: bars },
        mark: { type: 'rect' as const, fill: curveStyle(0).colour, stroke: 'white', strokeWidth: 0.5 },
        encoding: {
          x: {
            ...{ field: 'from', type: 'quantitative' as const },
            scale: { domain: [shift, Math.max(FEWEST, counts.length) * width + shift], nice: false, zero: false },
            axis: { title: 'staleness (server steps)', grid: false, tickCount: 6, tickMinStep: 1, format: ',d' },
          },
          x2: { field: 'to' },
          y: { field: 'share', type: 'quantitative' as const, axis: { title: 'messages (%)', tickCount: 5 } },
          y2: { field: 'zero' },
        },
      },
    ],
  };
};

/** Histograms of staleness, a panel each, as a Vega-Lite spec: which share of a run's messages was how stale; `notes` stand above. */
export const stalenessSpec = (runs: readonly NamedHistogram[], notes: readonly string[] = []): TopLevelSpec => ({
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  background: 'white',
  padding: 6,
  ...noted(undefined, notes, PANEL.width * Math.min(2, runs.length)),
  columns: 2,
  spacing: 28,
  concat: runs.map((run) => panel(run, runs.length > 1)),
  config: figureConfig,
});
