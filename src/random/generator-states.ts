import type { RandomState } from './random.js';

/** Numbers that a generator keeps: s0, s1, s2 and c. */
export const STATE_LENGTH = 4;

/**
 * The next draw of the generator whose state lies at `at`, Baagøe's Alea (2010): two steps of s0, s1, s2 ← s1, s2, the fraction of
 * 2091639·s0 + 2⁻³²·c, where c is what was whole; 32 bits of the first and 21 of the second.
 */
export const nextDraw = (states: Float64Array, at: number): number => {
  const last = states[at + 2]!;
  const first = 2091639 * states[at]! + states[at + 3]! * 2 ** -32;
  const high = first - (first | 0);
  const second = 2091639 * states[at + 1]! + (first | 0) * 2 ** -32;
  const low = second - (second | 0);
  states[at] = last;
  states[at + 1] = high;
  states[at + 2] = low;
  states[at + 3] = second | 0;
  return high + ((low * 2 ** 21) | 0) * 2 ** -53;
};

export const readState = (states: Float64Array, at: number): RandomState => ({
  ...{ c: states[at + 3]!, s0: states[at]!, s1: states[at + 1]!, s2: states[at + 2]! },
});

export const writeState = (states: Float64Array, at: number, { c, s0, s1, s2 }: RandomState): void => {
  states[at] = s0;
  states[at + 1] = s1;
  states[at + 2] = s2;
  states[at + 3] = c;
};
