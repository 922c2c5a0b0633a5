import type { Draws, Shape } from './aggregator.js';

/** The stream of a rule that draws; throws a RangeError for a shape that has none. */
export const drawsOf = (name: string, { random }: Shape): Draws => {
  if (!random)
    throw new RangeError(`${name} draws at random, so it needs a shape with random, streams of draws by name`);
  return random(name);
};
