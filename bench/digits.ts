import { performance } from 'node:perf_hooks';
import { digits } from '../src/learning/data/digits.js';
import { seededRandom } from '../src/random/index.js';
import type { Row } from './row.js';

/** Required: seconds until the built-in digits are there, which every run on them waits for. */
const atMost = 2;

const rounds = 3;

/** Seconds to draw the default set. */
const seconds = async (): Promise<number> => {
  const start = performance.now();
  await digits.create(digits.parameters.parse({}))({ random: seededRandom('data'), directory: '' });
  return (performance.now() - start) / 1000;
};

/** Time to draw the 6,000 + 1,000 built-in digits: that of a fresh process, and the best of some rounds. */
export const digitsBench = async (): Promise<readonly Row[]> => {
  const first = await seconds();
  const later: number[] = [];
  for (let round = 0; round < rounds; round++) later.push(await seconds());
  return [
    { name: 'drawing the 7,000 digits, first time', value: first, unit: 's', atMost },
    { name: 'drawing the 7,000 digits, again', value: Math.min(...later), unit: 's', atMost },
  ];
};
