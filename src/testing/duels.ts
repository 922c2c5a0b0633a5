import fc from 'fast-check';
import type { Configuration } from './configuration.js';
import { norm } from './statistics.js';
import { coordinates, dimensions, vectorOf } from './vectors.js';

/** Which shares and how many coordinates. */
export interface DuelOptions {
  readonly lambda: fc.Arbitrary<number>;
  readonly dimension?: number | undefined;
}

/** Where the crowd stands, and which way the rest stands from it. */
const axes = (dimension?: number) =>
  fc
    .record({ d: dimensions(dimension), from: coordinates, to: coordinates })
    .map(({ d, from, to }) => ({ anchor: vectorOf(from, d), step: vectorOf(to, d) }))
    .filter(({ step }) => step.some((v) => v !== 0));

const repeat = <T>(value: T, times: number): T[] => Array.from({ length: times }, () => value);

/**
 * Trimming at its worst: most of the honest weight stands at the anchor, the rest, as heavy as the liars, a little farther off
 * than those, who stand opposite. So an operator trims honest weight only, and all that it keeps besides the crowd lies.
 * Where the crowd is split, nearly half of it stands where the honest mean will be.
 */
export const duels = ({ lambda, dimension }: DuelOptions) =>
  fc
    .record({
      axis: axes(dimension),
      lambda,
      nearer: fc.constantFrom(1e-6, 0.01, 0.1),
      copies: fc.integer({ min: 1, max: 4 }),
      split: fc.boolean(),
      shaken: fc.constantFrom(0, 0.01, 0.1),
      shake: coordinates,
    })
    .map(({ axis: { anchor, step }, lambda: share, nearer, copies, split, shaken, shake }) => {
      const away = (length: number): number[] => anchor.map((v, k) => v + length * step[k]!);
      const noise = (shaken * norm(step)) / (1 + norm(shake));
      const unrest = vectorOf(shake, anchor.length);
      const crowd = split ? 0.505 * (1 - 2 * share) : 1 - 2 * share;
      const many = copies + (split ? 2 : 1);
      const configuration: Configuration = {
        vectors: [
          anchor.map((v, k) => v + noise * unrest[k]!),
          ...repeat(away(-1), copies),
          ...(split ? [away(-2 * share)] : []),
          ...repeat(away(1 - nearer), copies),
        ],
        weights: [
          ...[crowd, ...repeat(share / copies, copies), ...(split ? [1 - 2 * share - crowd] : [])],
          ...repeat(share / copies, copies),
        ],
        byzantine: [...repeat(false, many), ...repeat(true, copies)],
        lambda: share * (1 + 1e-12),
      };
      return { configuration, anchor };
    });

/** The same without the anchor. */
export const duel = (options: DuelOptions): fc.Arbitrary<Configuration> =>
  duels(options).map(({ configuration }) => configuration);

/**
 * Medians at their worst: the honest weight at one place is half of the whole, or a hair's breadth beside that, and the liars
 * add theirs to the rest’s, there or far beyond it.
 */
export const brink = ({ lambda, dimension }: DuelOptions): fc.Arbitrary<Configuration> =>
  fc
    .record({
      axis: axes(dimension),
      lambda,
      beside: fc.constantFrom(0, 1e-9, -1e-9, 1e-3, -1e-3),
      distance: fc.constantFrom(1, 2, 1e6, 1e12),
      copies: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ axis: { anchor, step }, lambda: share, beside, distance, copies }) => {
      const away = (length: number): number[] => anchor.map((v, k) => v + length * step[k]!);
      const here = 0.5 - beside * (0.5 - share);
      return {
        vectors: [anchor, ...repeat(away(1), copies), away(distance)],
        weights: [here, ...repeat((1 - here - share) / copies, copies), share],
        byzantine: [...repeat(false, 1 + copies), true],
        lambda: share * (1 + 1e-12),
      };
    });
