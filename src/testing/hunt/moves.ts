import pow from '@stdlib/math-base-special-pow';
import type { Random } from '../../random/random.js';
import type { Candidate } from './candidate.js';

/** What a move may change. */
export interface MoveContext {
  readonly random: Random;
  /** The Byzantine share of the weight. */
  readonly share: number;
  /** Whether weights may differ. */
  readonly weighted: boolean;
  /** Length of a typical step. */
  readonly step: number;
}

type Move = (candidate: Candidate, context: MoveContext) => void;

const indexBelow = (random: Random, count: number): number => Math.min(count - 1, Math.floor(count * random.next()));

/** About normal with variance 1: a sum of twelve uniform draws. */
export const bell = (random: Random): number => {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random.next();
  return sum;
};

/** A power of ten between the two, uniform in its exponent. */
export const magnitude = (random: Random, from: number, to: number): number =>
  pow(10, from + (to - from) * random.next());

/** Shifts one vector. */
const shift: Move = ({ vectors }, { random, step }) => {
  const vector = vectors[indexBelow(random, vectors.length)]!;
  for (let k = 0; k < vector.length; k++) vector[k]! += step * bell(random);
};

/** Shifts one coordinate of one vector. */
const shiftCoordinate: Move = ({ vectors }, { random, step }) => {
  const vector = vectors[indexBelow(random, vectors.length)]!;
  vector[indexBelow(random, vector.length)]! += step * bell(random);
};

/** Shifts all vectors by small amounts. */
const shiftAll: Move = ({ vectors }, { random, step }) => {
  for (const vector of vectors) for (let k = 0; k < vector.length; k++) vector[k]! += 0.3 * step * bell(random);
};

/** Puts one vector where another is: ties and clusters. */
const join: Move = ({ vectors }, { random }) => {
  const from = vectors[indexBelow(random, vectors.length)]!;
  vectors[indexBelow(random, vectors.length)]!.set(from);
};

/** Moves one vector along the line through it and another: nearer, through it, or away. */
const slide: Move = ({ vectors }, { random, step }) => {
  const moved = vectors[indexBelow(random, vectors.length)]!;
  const other = vectors[indexBelow(random, vectors.length)]!;
  const share = step * bell(random);
  for (let k = 0; k < moved.length; k++) moved[k]! += share * (other[k]! - moved[k]!);
};

/** Sends one Byzantine vector, or all of them to one place, nearer or farther. */
const send: Move = ({ vectors, honest }, { random }) => {
  if (honest === vectors.length) return;
  const factor = magnitude(random, -2, 3) * (random.next() < 0.2 ? -1 : 1);
  const lead = vectors[honest + indexBelow(random, vectors.length - honest)]!;
  for (let k = 0; k < lead.length; k++) lead[k]! *= factor;
  if (random.next() < 0.5) for (let i = honest; i < vectors.length; i++) vectors[i]!.set(lead);
};

/** Draws honest vectors closer to one of them. */
const gather: Move = ({ vectors, honest }, { random }) => {
  const centre = vectors[indexBelow(random, honest)]!;
  const factor = random.next() < 0.3 ? 0 : magnitude(random, -3, 0);
  for (let i = 0; i < honest; i++) {
    if (random.next() < 0.5 || vectors[i] === centre) continue;
    for (let k = 0; k < centre.length; k++) vectors[i]![k] = centre[k]! + factor * (vectors[i]![k]! - centre[k]!);
  }
};

/** Changes one weight. */
const reweigh: Move = ({ weights }, { random, step }) => {
  const i = indexBelow(random, weights.length);
  weights[i] = Math.min(1e3, Math.max(1e-9, weights[i]! * pow(2, Math.min(step, 3) * bell(random))));
};

/** Gives one side of a plane through the honest vectors just less, or just more, than half of all weight. */
export const balance: Move = ({ vectors, weights, honest }, { random, share }) => {
  const pivot = vectors[indexBelow(random, honest)]!;
  const direction = Float64Array.from(pivot, () => bell(random));
  const side = new Uint8Array(honest);
  let [near, far] = [0, 0];
  for (let i = 0; i < honest; i++) {
    let projection = 0;
    for (let k = 0; k < pivot.length; k++) projection += (vectors[i]![k]! - pivot[k]!) * direction[k]!;
    side[i] = projection <= 0 ? 1 : 0;
    if (side[i]) near += weights[i]!;
    else far += weights[i]!;
  }
  const total = (near + far) / (1 - share);
  const wanted = total * (0.5 + magnitude(random, -9, -2) * (random.next() < 0.5 ? -1 : 1));
  const rest = near + far - wanted;
  if (far === 0 || rest <= 0) return;
  for (let i = 0; i < honest; i++) weights[i]! *= side[i] ? wanted / near : rest / far;
};

const still: readonly Move[] = [shift, shift, shiftCoordinate, shiftAll, join, slide, send, gather];
const all: readonly Move[] = [...still, reweigh, reweigh, balance];

/** Changes a candidate at random in one way. */
export const makeMove = (candidate: Candidate, context: MoveContext): void => {
  const moves = context.weighted ? all : still;
  moves[indexBelow(context.random, moves.length)]!(candidate, context);
};
