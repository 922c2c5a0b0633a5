import type { Random } from '../../random/random.js';
import type { Candidate } from './candidate.js';
import { balance, bell, magnitude } from './moves.js';

interface Start {
  readonly random: Random;
  readonly share: number;
  readonly weighted: boolean;
}

const direction = (random: Random, dimension: number): Float64Array => {
  const vector = Float64Array.from({ length: dimension }, () => bell(random));
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
  return vector.map((value) => value / length);
};

/** Vectors anywhere, of any weight. */
const scattered = ({ vectors, weights }: Candidate, { random, weighted }: Start): void => {
  const scale = magnitude(random, -1, 1);
  for (const vector of vectors) for (let k = 0; k < vector.length; k++) vector[k] = scale * bell(random);
  if (weighted) for (let i = 0; i < weights.length; i++) weights[i] = magnitude(random, -2, 1);
};

/**
 * Honest vectors in two clusters and liars on the line through both, from between them to far beyond: what many worst cases
 * look like. One cluster has about half of all weight where weights are free.
 */
const clustered = (candidate: Candidate, start: Start): void => {
  const { random, weighted } = start;
  const { vectors, weights, honest } = candidate;
  const axis = direction(random, vectors[0]!.length);
  const first = 1 + Math.floor(random.next() * Math.max(1, honest - 1));
  const width = random.next() < 0.5 ? 0 : magnitude(random, -4, -1);
  const place = random.next() < 0.5 ? magnitude(random, 0, 6) : 1 + random.next();
  vectors.forEach((vector, i) => {
    const at = i < first ? 0 : i < honest ? 1 : place;
    for (let k = 0; k < vector.length; k++) vector[k] = at * axis[k]! + (i < honest ? width * bell(random) : 0);
  });
  if (!weighted) return;
  weights.fill(1);
  balance(candidate, { ...start, step: 1 });
};

/** Fills a candidate at random. */
export const startAnywhere = (candidate: Candidate, start: Start): void =>
  (start.random.next() < 0.5 ? scattered : clustered)(candidate, start);
