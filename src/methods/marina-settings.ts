import type { FormulaOption } from '../registry/formula.js';
import { OptionError } from '../registry/option-error.js';
import { suggestedProbability } from './marina-theory.js';
import { requireUnbiased } from './round-compression.js';
import type { RoundContext } from './round-method.js';

/** The options of `byz-vr-marina-pp`. */
export interface ByzVrMarinaOptions {
  /** γ, the learning rate: a number, or a function of the server step t = 1, 2, …; texts are for scenario files only. */
  readonly lr: FormulaOption;
  /** p in (0, 1], the probability of a round of full gradients; unless given, the least of C/n, b/m and ζ_Q/d. */
  readonly probability?: number | undefined;
  /** C, workers that are called for an ordinary round; all, unless given. */
  readonly sample?: number | undefined;
  /** Ĉ >= C, workers that are called for a round of full gradients; all, unless given. */
  readonly fullSample?: number | undefined;
  /** α > 0: differences are clipped to the length α·‖x^{k+1} − x^k‖; `none`: they aren't. */
  readonly clip: number | 'none';
  /** Whether differences are averaged in place of the rule, which sees full gradients only (PP+); not unless given. */
  readonly average?: boolean | undefined;
  /** b′, rows of a minibatch in place of a full gradient; all rows of a worker's share, unless given. */
  readonly fullBatch?: number | undefined;
  /** Radius of the ball K around the origin that models are projected on, > 0; without it, K is everything. */
  readonly radius?: number | undefined;
}

/** What a run's options come to. */
export interface MarinaSettings {
  readonly sample: number;
  readonly fullSample: number;
  readonly probability: number;
  /** α; Infinity where nothing is clipped. */
  readonly clip: number;
}

/** Rows of the largest share, or b′; as many as a minibatch's where samples aren't rows. */
const rowsOf = ({ samples, workers }: RoundContext, batch: number, fullBatch: number | undefined): number => {
  let rows = fullBatch ?? 0;
  if (fullBatch === undefined) for (let i = 0; i < workers; i++) rows = Math.max(rows, samples.rowsOf(i));
  return rows === 0 ? batch : rows;
};

/** The least of C/n, b/m and ζ_Q/d. */
const usualProbability = (context: RoundContext, sample: number, batch: number, rows: number): number => {
  const { workers, dimension, compression } = context;
  const density = compression?.rule.constants(dimension).density ?? dimension;
  return suggestedProbability({ sample, clients: workers, batch, rows, density, dimension });
};

/** @throws OptionError for more workers than there are, Ĉ < C, or a missing b′; RangeError for a biased compressor. */
export const marinaSettings = (options: ByzVrMarinaOptions, context: RoundContext, batch: number): MarinaSettings => {
  const { workers } = context;
  const { sample = workers, clip, fullBatch } = options;
  requireUnbiased('byz-vr-marina-pp', 'errors of differences add up from round to round', context);
  const fullSample = options.fullSample ?? workers;
  if (sample > workers) throw new OptionError('sample', `${sample} found, but there are ${workers} workers`);
  if (fullSample > workers)
    throw new OptionError('fullSample', `${fullSample} found, but there are ${workers} workers`);
  if (fullSample < sample)
    throw new OptionError('fullSample', `${fullSample} found; at least as many as sample, ${sample}, must take part`);
  if (fullBatch === undefined && context.samples.whole(0) === undefined)
    throw new OptionError(
      'fullBatch',
      'this model’s gradients can’t be taken of a whole share at once, so b′, the rows of a large minibatch, must be given',
    );
  // A sample without rows counts as one.
  const size = Math.max(1, batch);
  const probability = options.probability ?? usualProbability(context, sample, size, rowsOf(context, size, fullBatch));
  return { sample, fullSample, probability, clip: clip === 'none' ? Infinity : clip };
};
