import { aligned } from './aligned.js';
import { numberText, percentText } from './score-text.js';

/** A bound beside what was found. */
export interface BoundBeside {
  /** As people write it. */
  readonly formula: string;
  readonly status: string;
  /** What it allows at the row's λ. */
  readonly value: number;
}

/** The worst error found at one λ and number of workers. */
export interface CheckRow {
  readonly lambda: number;
  readonly workers: number;
  /** The dimension in which it was found. */
  readonly dimension: number;
  /** The quotient that the bounds bound; Infinity where it has no bound. */
  readonly ratio: number;
  /** Every row's bounds are the same ones, in one order. */
  readonly bounds: readonly BoundBeside[];
}

/** A quotient or a bound: to five digits, so that 0.9999 of a bound isn't the bound. */
export const quotientText = (value: number): string => {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return 'unbounded';
  if (value !== 0 && (value < 1e-3 || value >= 1e5)) return value.toExponential(3).replace('e+', 'e');
  return value.toPrecision(5);
};

/** Shares of a bound are told in per cent up to so many times the bound. */
const MOST_PERCENT = 10;

const shareText = (ratio: number, bound: number): string => {
  const share = ratio === 0 ? 0 : ratio / bound;
  return share < MOST_PERCENT || share === Infinity ? percentText(share) : `${numberText(share)} ×`;
};

const numbered = (index: number): string => `(${index + 1})`;

/**
 * One row for each λ and number of workers: the worst found, and beside each bound how much of it that is; the bounds are
 * numbered and told below. Text for a terminal, without a line end.
 */
export const checkTable = (rows: readonly CheckRow[]): string => {
  const bounds = rows[0]?.bounds ?? [];
  const head = [
    'λ',
    'workers',
    'dimension',
    'worst found',
    ...bounds.flatMap((_, k) => [`bound ${numbered(k)}`, 'of it']),
  ];
  const lines = rows.map(({ lambda, workers, dimension, ratio, bounds: own }) => [
    String(Number(lambda.toPrecision(4))),
    String(workers),
    String(dimension),
    quotientText(ratio),
    ...own.flatMap(({ value }) => [quotientText(value), shareText(ratio, value)]),
  ]);
  const legend = bounds.map(({ formula, status }, k) => `${numbered(k)} ${status}: ${formula}`);
  return [
    aligned(
      [head, ...lines],
      head.map(() => 'right' as const),
    ),
    ...(legend.length === 0 ? [] : ['', ...legend]),
  ].join('\n');
};
