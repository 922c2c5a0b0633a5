/** A number and where it ends. */
export interface ScannedNumber {
  value: number;
  /** Place of the first byte after it; its start when there is no number. */
  end: number;
}

const PLUS = 43;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const UPPER_E = 69;
const LOWER_E = 101;

/** Powers of ten that float64 holds exactly. */
const TENS = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
];

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte < ZERO + 10;

const isSign = (byte: number | undefined): boolean => byte === PLUS || byte === MINUS;

/** Where the exponent that may stand at `from` ends; `from` when there is none. */
const exponentEnd = (bytes: Uint8Array, from: number): number => {
  if (bytes[from] !== LOWER_E && bytes[from] !== UPPER_E) return from;
  let at = isSign(bytes[from + 1]) ? from + 2 : from + 1;
  if (!isDigit(bytes[at])) return from;
  while (isDigit(bytes[at])) at++;
  return at;
};

/**
 * Reads the decimal number, such as `-12`, `.5` or `1.5e-3`, that starts at `from`, correctly rounded as `Number` does.
 * No number there, or one too large for float64: `end` is `from`.
 */
export const scanDecimal = (bytes: Uint8Array, from: number, out: ScannedNumber): void => {
  let at = isSign(bytes[from]) ? from + 1 : from;
  let mantissa = 0;
  let digits = 0;
  let decimals = 0;
  for (; isDigit(bytes[at]); at++, digits++) mantissa = mantissa * 10 + (bytes[at]! - ZERO);
  if (bytes[at] === DOT) {
    for (at++; isDigit(bytes[at]); at++, digits++, decimals++) mantissa = mantissa * 10 + (bytes[at]! - ZERO);
  }
  out.end = from;
  if (digits === 0) return;
  const end = exponentEnd(bytes, at);
  // Both parts exact, so one rounding (Clinger 1990); else the engine's own conversion, which is specified to the bit.
  const exact = end === at && digits <= 15 && decimals < TENS.length;
  const value = exact
    ? (bytes[from] === MINUS ? -mantissa : mantissa) / TENS[decimals]!
    : Number(new TextDecoder().decode(bytes.subarray(from, end)));
  if (!Number.isFinite(value)) return;
  out.value = value;
  out.end = end;
};
