import { z } from 'zod';

/** How many coordinates are kept: one of the two. */
export interface KeptOptions {
  /** K >= 1. */
  readonly k?: number | undefined;
  /** Share of the coordinates, in (0, 1]; K is that many, rounded up. */
  readonly share?: number | undefined;
}

export const keptOptions = {
  k: z.int().min(1).max(1e9).optional().describe('K, the number of coordinates that are kept; this or share'),
  share: z.number().gt(0).max(1).optional().describe('share of the coordinates that is kept, in (0, 1], rounded up'),
};

/**
 * K for vectors of so many numbers; the product has a relative slack of 1e-12, so that 0.07 of 100 is 7.
 * @throws RangeError unless exactly one of both is given; of what it returns, when K > d.
 */
export const keptOf = (name: string, { k, share }: KeptOptions): ((dimension: number) => number) => {
  if ((k === undefined) === (share === undefined))
    throw new RangeError(`${name} needs either k or share, such as { kind: ${name}, share: 0.1 }`);
  if (share !== undefined) return (dimension) => Math.max(1, Math.ceil(share * dimension * (1 - 1e-12)));
  return (dimension) => {
    if (k! <= dimension) return k!;
    throw new RangeError(
      `k is ${k}, but a message has ${dimension} numbers; take a k from 1 to ${dimension}, or a share`,
    );
  };
};
