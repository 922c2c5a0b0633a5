import type { Random, RandomState } from '../../random/random.js';
import type { AggregatorRule } from '../../weighted/aggregator.js';
import type { RobustnessConstant } from '../../weighted/robustness-constant.js';
import { copyCandidate, newCandidate, setShare, type Candidate } from './candidate.js';
import { measuring, type Measure } from './measure.js';
import { magnitude, makeMove } from './moves.js';
import { startAnywhere } from './starts.js';

/** What is hunted: the configuration of `workers` vectors that makes the rule's error largest. */
export interface Prey {
  readonly rule: AggregatorRule;
  /** The quotient to maximise, by the name of the constant that bounds it. */
  readonly constant: RobustnessConstant['name'];
  /** The share of the weight that Byzantine vectors hold; in [0, 1/2). */
  readonly lambda: number;
  /** Number of vectors, honest and Byzantine. */
  readonly workers: number;
  readonly dimension: number;
  /** Number of Byzantine vectors where all weigh the same; weights are free without it. */
  readonly byzantine?: number | undefined;
}

/** How long to hunt. */
export interface Effort {
  /** Searches from anew. */
  readonly runs: number;
  /** Configurations tried in each. */
  readonly tries: number;
}

/** The worst configuration so far. */
export interface Catch {
  /** The quotient there: ‖output − x̄_G‖²/V_G, or ‖output − x̄_G‖ over the honest diameter. */
  readonly ratio: number;
  readonly candidate: Candidate;
  /** Searches that have ended. */
  readonly runs: number;
}

/** A step that succeeds makes the next one longer by this factor; four that fail make up for it. */
const LONGER = 1.5;
const SHORTER = LONGER ** -0.25;

/** Steps shorter than this start again. */
const SHORTEST = 1e-7;

const byzantineCount = ({ byzantine, workers, lambda }: Prey, random: Random): number => {
  if (byzantine !== undefined) return byzantine;
  return lambda === 0 ? 0 : 1 + Math.floor(random.next() * Math.floor(workers / 2));
};

/** Streams for a rule that draws, which can be put back to where they began: a candidate measures the same each time. */
const repeating = (random: Random) => {
  const streams: { readonly stream: Random; readonly start: RandomState }[] = [];
  return {
    stream: (name: string): Random => {
      const stream = random.fork(`rule/${name}`);
      streams.push({ stream, start: stream.state() });
      return stream;
    },
    again: (): void => {
      for (const { stream, start } of streams) stream.restore(start);
    },
  };
};

/** One search from anew: whatever isn't better is taken back. */
const search = (prey: Prey, tries: number, random: Random): { ratio: number; candidate: Candidate } => {
  const { workers, dimension, lambda } = prey;
  const liars = byzantineCount(prey, random);
  const weighted = prey.byzantine === undefined;
  const draws = repeating(random);
  const shape = { count: workers, dimension, random: draws.stream };
  const quotient = measuring(prey.rule(shape), shape, prey.constant);
  const measure: Measure = (candidate) => {
    draws.again();
    return quotient(candidate);
  };
  const best = newCandidate(workers - liars, liars, dimension);
  const next = newCandidate(workers - liars, liars, dimension);
  const share = liars === 0 ? 0 : weighted ? lambda : liars / workers;
  startAnywhere(best, { random, share, weighted });
  if (weighted) setShare(best, share);
  let ratio = measure(best);
  let step = 1;
  for (let i = 0; i < tries && ratio < Infinity; i++) {
    copyCandidate(best, next);
    makeMove(next, { random, share, weighted, step });
    if (weighted) setShare(next, share);
    const reached = measure(next);
    if (reached > ratio) step = Math.min(1e3, step * LONGER);
    else step = step < SHORTEST ? magnitude(random, -3, 1) : step * SHORTER;
    if (reached < ratio) continue;
    ratio = reached;
    copyCandidate(next, best);
  }
  return { ratio, candidate: best };
};

/**
 * Searches for the configuration with the largest error over what a constant bounds: restarts from scattered and from
 * clustered vectors, each with adaptive steps over honest and Byzantine vectors and weights. Yields the worst so far after
 * each restart; the same `random` gives the same catch. Needs at least one honest vector.
 */
export function* hunt(prey: Prey, { runs, tries }: Effort, random: Random): Generator<Catch, void> {
  let worst: { ratio: number; candidate: Candidate } | undefined;
  for (let run = 0; run < runs; run++) {
    const found = search(prey, tries, random.fork(`run ${run + 1}`));
    if (!worst || found.ratio > worst.ratio) worst = found;
    yield { ...worst, runs: run + 1 };
  }
}
