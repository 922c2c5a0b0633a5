import seedrandom from 'seedrandom';

import type { Random } from '../../../src/random/random.js';

/** A seeded stream for tests, independent of the one that runs use. */
export const stubRandom = (path: string): Random => {
  let stream = seedrandom.alea(path, { state: true });
  return {
    next: () => stream.double(),
    fork: (name) => stubRandom(`${path}/${name}`),
    state: () => stream.state(),
    restore: (state) => {
      stream = seedrandom.alea('', { state });
    },
  };
};
