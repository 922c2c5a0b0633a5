import type { JsonNumber } from './json-number.js';

/** What an axis shows: `ticks` are the labelled values, or `null` to leave them to the renderer. */
export interface Axis {
  readonly scale: 'linear' | 'log';
  readonly domain: readonly [number, number];
  readonly ticks: readonly { readonly value: number; readonly label: string }[] | null;
}

/** A log axis pays from this ratio of largest to least value. */
const LOG_RATIO = 20;
const MOST_TICKS = 9;

/** About as many ticks stand on an axis that the renderer divides. */
export const TICKS = 5;

/** Log if all values are at least 0 and the positive ones spread over more than a decade, else linear. */
export const chooseScale = (values: readonly JsonNumber[]): Axis['scale'] => {
  const finite = values.filter((value) => value !== null);
  const least = minimum(finite.filter((value) => value > 0));
  return finite.every((value) => value >= 0) && maximum(finite) >= LOG_RATIO * least ? 'log' : 'linear';
};

/** An axis around all finite values, within `bounds`; a single value gets room on both sides. Without any value, the bounds, or from 0 to 1. */
export const linearAxis = (values: readonly JsonNumber[], bounds: readonly [number, number]): Axis => {
  const finite = values.filter((value) => value !== null);
  if (finite.length === 0) return { scale: 'linear', domain: bounds[1] < Infinity ? bounds : [0, 1], ticks: null };
  const low = minimum(finite);
  const high = maximum(finite);
  const room = high > low ? 0 : low === 0 ? 1 : Math.abs(low) / 10;
  return { scale: 'linear', domain: [Math.max(bounds[0], low - room), Math.min(bounds[1], high + room)], ticks: null };
};

/**
 * An axis of whole decades around all positive values. If some value is 0 or less, its lower end lies below every
 * positive value, so that what is drawn there can be nothing else. Without any positive value, from 0.1 to 1.
 */
export const logAxis = (values: readonly JsonNumber[]): Axis => {
  const positive = values.filter((value) => value !== null).filter((value) => value > 0);
  const offScale = values.some((value) => value !== null && value <= 0);
  if (positive.length === 0) return decades(-1, 0);
  const least = minimum(positive);
  const most = maximum(positive);
  const low = exponent(least) - (offScale && powerOfTen(exponent(least)) === least ? 1 : 0);
  const high = exponent(most) + (powerOfTen(exponent(most)) === most ? 0 : 1);
  return decades(low, Math.max(high, low + 1));
};

/** An axis from the one number to the other, which lie above 0 where it is a log axis. */
export const within = ([low, high]: readonly [number, number], scale: Axis['scale']): Axis => {
  if (scale === 'linear') return { scale, domain: [low, high], ticks: null };
  const ticks = (logAxis([low, high]).ticks ?? []).filter(({ value }) => value >= low && value <= high);
  // Within a decade there may be none, or one, which tells no scale.
  return { scale, domain: [low, high], ticks: ticks.length < 2 ? null : ticks };
};

const decades = (low: number, high: number): Axis => {
  const stride = Math.ceil((high - low + 1) / MOST_TICKS);
  const plain = low >= -3 && high <= 3;
  const ticks: { value: number; label: string }[] = [];
  for (let power = low; power <= high; power += stride) {
    const mantissas = high - low > 2 || power === high ? [1] : [1, 2, 5];
    for (const mantissa of mantissas) {
      const value = Number(`${mantissa}e${power}`);
      ticks.push({ value, label: plain ? String(value) : scientific(mantissa, power) });
    }
  }
  return { scale: 'log', domain: [powerOfTen(low), powerOfTen(high)], ticks };
};

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '-': '⁻', '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹',
}; // prettier-ignore

const scientific = (mantissa: number, power: number): string => {
  const raised = String(power).replace(/[-0-9]/g, (character) => SUPERSCRIPTS[character]!);
  return mantissa === 1 ? `10${raised}` : `${mantissa}·10${raised}`;
};

// By way of text: exact, and the same on every machine.
const exponent = (value: number): number => Number(value.toExponential().split('e')[1]);
const powerOfTen = (power: number): number => Number(`1e${power}`);

const minimum = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const maximum = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);

/** An axis's ticks as Vega-Lite wants them. */
export const ticksOf = ({ ticks }: Axis) => {
  if (ticks === null) return { tickCount: TICKS };
  const values = ticks.map(({ value }) => value);
  const labels = ticks.map(({ label }) => label);
  return { values, labelExpr: `${JSON.stringify(labels)}[indexof(${JSON.stringify(values)}, datum.value)]` };
};
