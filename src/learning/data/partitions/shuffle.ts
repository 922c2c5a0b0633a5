import type { Random } from '../../../random/random.js';

/** Puts `rows` in random order, every order equally likely (Fisher & Yates; Durstenfeld 1964), and returns it. */
export const shuffle = (rows: Int32Array, random: Random): Int32Array => {
  for (let i = rows.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1));
    const row = rows[i]!;
    rows[i] = rows[j]!;
    rows[j] = row;
  }
  return rows;
};
