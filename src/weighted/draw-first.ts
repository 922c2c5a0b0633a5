import type { Draws } from './aggregator.js';

/**
 * Puts a random sample of the first `count` items, each ordered sample as likely as any other, in the first `size` places by
 * exchanging items (Fisher & Yates), whatever their order was. One draw for each place but the last item's. O(size).
 */
export const drawFirst = (items: Int32Array, count: number, size: number, draws: Draws): void => {
  const places = Math.min(size, count - 1);
  for (let i = 0; i < places; i++) {
    const j = i + Math.floor(draws.next() * (count - i));
    const item = items[i]!;
    items[i] = items[j]!;
    items[j] = item;
  }
};
