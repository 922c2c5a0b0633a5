import type { JsonNumber } from './json-number.js';

/** Whether a score is a share of 1 that people read in per cent: an accuracy, or how often a backdoor opens. */
export const isShare = (score: string): boolean => /accuracy|backdoor/i.test(score);

/** Whether a score is a gap that a run closes by orders of magnitude, which a log axis shows. */
export const isGap = (score: string): boolean => /^(suboptimality|gradientNorm)$/.test(score);

/** A share of 1 in per cent, with one decimal: `94.1 %`; `–` for what is not finite. */
export const percentText = (share: JsonNumber): string =>
  share === null || !Number.isFinite(share) ? '–' : `${(100 * share).toFixed(1)} %`;

/** A number to three digits, short: `0.213`, `41.3`, `1.2e-7`; `–` for what is not finite. */
export const numberText = (value: JsonNumber): string => {
  if (value === null || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(2).replace('e+', 'e');
  return size >= 100 ? String(Math.round(value)) : value.toPrecision(3);
};

/** A score as people read it: shares in per cent, all others to three digits; `–` for what is not finite. */
export const scoreText = (score: string, value: JsonNumber): string =>
  isShare(score) ? percentText(value) : numberText(value);
