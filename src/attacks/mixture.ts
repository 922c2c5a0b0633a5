import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { widest, type AttackRule, type AttackView, type Knowledge } from './attack.js';
import { attackOption, onVectors } from './nested.js';
import { PartView } from './part-view.js';

const knowledge: Knowledge = 'own';

/** The options of `mixture`. */
export interface MixtureOptions {
  /** Each attack with the share of the Byzantine workers that carry it out; the shares sum to 1. */
  readonly attacks: readonly { readonly attack: AttackRule; readonly share: number }[];
}

/**
 * How many of `total` belong to each share, by largest remainders (Hamilton's method): each gets the whole part of its quota
 * share·total, and what is left goes, one each, to those with the largest fractions, of equal ones to the first. Quotas are rounded at
 * 1e-9. O(shares²).
 */
export const apportion = (shares: readonly number[], total: number, out: Int32Array): void => {
  let left = total;
  const quota = (i: number): number => Math.round(shares[i]! * total * 1e9) / 1e9;
  for (let i = 0; i < shares.length; i++) left -= out[i] = Math.floor(quota(i));
  // Whoever has got one has less than nothing of a remainder.
  for (; left > 0; left--) {
    let largest = 0;
    for (let i = 1; i < shares.length; i++) if (quota(i) - out[i]! > quota(largest) - out[largest]!) largest = i;
    out[largest]! += 1;
  }
};

/**
 * Several attacks at a time: the Byzantine workers, in the order of their numbers, are divided among them in the given shares, by
 * largest remainders; who is in which part is as fixed as who is Byzantine. Each part's attack sees as its place and as the number
 * of liars those of its part. O(parts²) beside the attacks.
 * @throws RangeError for an attack on something else than vectors, for a share that isn't above 0, or shares that don't sum to 1.
 */
export const mixture = ({ attacks }: MixtureOptions): AttackRule => {
  const rules = attacks.map(({ attack }) => onVectors(attack, 'mixture'));
  const shares = attacks.map(({ share }) => share);
  const sum = shares.reduce((all, share) => all + share, 0);
  if (rules.length === 0 || shares.some((share) => !(share > 0)) || Math.abs(sum - 1) > 1e-9)
    throw new RangeError(
      `mixture.attacks: shares above 0 that sum to 1 are needed, got ${shares.join(', ') || 'none'}`,
    );
  /** Finds the part that a worker belongs to, and shows it to that part's attack. */
  const divider = <Made>(made: readonly Made[]) => {
    const sizes = new Int32Array(rules.length);
    const seen = new PartView();
    let divided = -1;
    return <Result>(view: AttackView, ask: (made: Made, view: AttackView) => Result): Result => {
      const { liars, place } = view;
      if (liars !== divided) apportion(shares, (divided = liars), sizes);
      let part = 0;
      let first = 0;
      while (part < rules.length - 1 && place >= first + sizes[part]!) first += sizes[part++]!;
      return ask(made[part]!, seen.show(view, place - first, sizes[part]!));
    };
  };
  return {
    kind: 'vector',
    knowledge: widest(...rules.map((rule) => rule.knowledge)),
    needsOwn: rules.some(({ needsOwn }) => needsOwn),
    ...(rules.some(({ silent }) => silent !== undefined)
      ? {
          silent: () => {
            const among = divider(rules.map(({ silent }) => silent?.()));
            return (view) => among(view, (silence, shown) => silence?.(shown) ?? false);
          },
        }
      : {}),
    attack: (shape) => {
      const among = divider(rules.map((rule) => rule.attack(shape)));
      return (view, out) => among(view, (attack, shown) => attack(shown, out));
    },
  };
};

export const mixturePart = definePart({
  summary: 'Several attacks at a time, each carried out by a share of the Byzantine workers.',
  formula: 'v of each liar’s own attack',
  source: 'Adversaries that don’t agree; shares by largest remainders (Hamilton’s method).',
  knowledge,
  parameters: z.strictObject({
    attacks: z
      .array(
        z.strictObject({
          attack: attackOption('what these workers do: a name, or an object with kind and options'),
          share: z.number().positive().max(1).describe('the share of the Byzantine workers who do it, in (0, 1]'),
        }),
      )
      .min(1)
      .max(1000)
      .describe('the attacks, each with its share of the Byzantine workers, by their numbers; the shares sum to 1'),
  }),
  create: mixture,
});
