import type { TopLevelSpec } from 'vega-lite';
import { chooseScale } from './axis.js';
import { FONT, figureConfig } from './figure-spec.js';
import type { JsonNumber } from './json-number.js';
import { markedName, wrapped } from './outside-theorem.js';
import { isShare, scoreText } from './score-text.js';

/** One field of a heat map. */
export interface HeatmapCell {
  readonly row: string;
  readonly column: string;
  /** null: not finite. */
  readonly value: JsonNumber;
  /** Whether it is framed: the worst of its column. */
  readonly marked: boolean;
  /** What its runs are outside of, where they are. */
  readonly outsideTheorem?: readonly string[] | undefined;
}

/** What a heat map shows. */
export interface Heatmap {
  readonly title: string;
  /** Names of the axes. */
  readonly rowTitle: string;
  readonly columnTitle: string;
  /** The score's name, and whether more of it is better. */
  readonly score: string;
  readonly better: 'more' | 'less';
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cells: readonly HeatmapCell[];
  /** Said below the title. */
  readonly notes?: readonly string[];
}

const FIELD = { width: 54, height: 19 } as const;

/** Notes have at least so much room, in pixels. */
const NARROWEST = 300;

/** Dark fields need light figures: about half of viridis, from its dark end. */
const DARK = 0.55;

/** On a logarithmic scale, colours tell values apart within so many times their median; those beyond share the last one. */
const REACH = 1000;

/** What isn't finite: below all colours. */
const NOWHERE = -1;

/** Where a value lies between the least and the most, from 0 to 1; 0.5 where all are the same. */
const placeOf = (value: number, least: number, most: number): number =>
  most > least ? (Math.min(most, Math.max(least, value)) - least) / (most - least) : 0.5;

/** The scale of values: what is shown of each, and between which bounds. */
const scaleOf = (values: readonly JsonNumber[], score: string) => {
  const finite = values.filter((value): value is number => value !== null && Number.isFinite(value));
  const log = !isShare(score) && chooseScale(values) === 'log';
  const shown = (value: number): number => (log ? Math.log10(value) : value);
  const sorted = (log ? finite.filter((value) => value > 0) : finite).map(shown).sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 0;
  const reach = log ? Math.log10(REACH) : Infinity;
  return {
    shown,
    least: Math.max(sorted[0] ?? 0, median - reach),
    most: Math.min(sorted.at(-1) ?? 0, median + reach),
  };
};

/** What is drawn of each field: how good it is, from 0 to 1 (NOWHERE where it isn't finite), and its figure. */
const fieldsOf = (cells: readonly HeatmapCell[], score: string, better: Heatmap['better']) => {
  const { shown, least, most } = scaleOf(
    cells.map(({ value }) => value),
    score,
  );
  return cells.map(({ value, outsideTheorem, ...cell }) => {
    const place = value === null ? undefined : placeOf(shown(value), least, most);
    const good = place === undefined ? NOWHERE : better === 'more' ? place : 1 - place;
    return {
      ...cell,
      good,
      text: markedName({ name: value === null ? '∞' : scoreText(score, value), outsideTheorem }),
    };
  });
};

const subtitleOf = (score: string, notes: readonly string[], columns: number): string[] => [
  `${score} at the end; light is good, a frame is the worst of a column`,
  ...notes.flatMap((note) => wrapped(note, Math.max(NARROWEST, FIELD.width * columns))),
];

/**
 * A score over two axes as a Vega-Lite spec: each field's figure on its colour, light is good (viridis, which colour-blind people
 * can order), what isn't finite on grey; marked fields have a frame. RangeError without fields.
 */
export const heatmapSpec = ({
  cells,
  rows,
  columns,
  score,
  better,
  title,
  notes = [],
  ...titles
}: Heatmap): TopLevelSpec => {
  if (cells.length === 0) throw new RangeError('A heat map needs at least one field, got none.');
  const fields = fieldsOf(cells, score, better);
  const encoding = {
    x: {
      field: 'column',
      type: 'nominal',
      sort: [...columns],
      axis: { title: titles.columnTitle, orient: 'top', labelAngle: -40, domain: false, ticks: false },
    },
    y: {
      field: 'row',
      type: 'nominal',
      sort: [...rows],
      axis: { title: titles.rowTitle, domain: false, ticks: false },
    },
  } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 6,
    title: { text: title, subtitle: subtitleOf(score, notes, columns.length), anchor: 'middle' },
    width: FIELD.width * columns.length,
    height: FIELD.height * rows.length,
    data: { values: fields },
    encoding,
    layer: [
      {
        mark: { type: 'rect', stroke: 'white', strokeWidth: 1 },
        encoding: {
          color: {
            condition: {
              test: 'datum.good >= 0',
              field: 'good',
              type: 'quantitative',
              scale: { scheme: 'viridis', domain: [0, 1] },
              legend: null,
            },
            value: '#b0b0b0',
          },
        },
      },
      {
        transform: [{ filter: 'datum.marked' }],
        mark: { type: 'rect', filled: false, stroke: '#d00000', strokeWidth: 2 },
      },
      {
        mark: { type: 'text', fontSize: FONT.size - 2 },
        encoding: {
          text: { field: 'text', type: 'nominal' },
          color: { condition: { test: `datum.good >= 0 && datum.good < ${DARK}`, value: 'white' }, value: 'black' },
        },
      },
    ],
    config: figureConfig,
  };
};
