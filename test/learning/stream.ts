import seedrandom from 'seedrandom';
import type { Random } from '../../src/random/random.js';

/** A stream for tests, by name. */
export const stream = (name: string): Random => {
  const generator = seedrandom.alea(name);
  return {
    next: () => generator.double(),
    fork: (child) => stream(`${name}/${child}`),
    state: () => ({ c: 0, s0: 0, s1: 0, s2: 0 }),
    restore: () => undefined,
  };
};
