import exp from '@stdlib/math-base-special-exp';

/** 1/(1 + e⁻ᵗ), in [0, 1], without overflow. */
export const sigmoid = (t: number): number => {
  const e = exp(-Math.abs(t));
  return t < 0 ? e / (1 + e) : 1 / (1 + e);
};
