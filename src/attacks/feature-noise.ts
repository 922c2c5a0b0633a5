import { z } from 'zod';
import { byInversion } from '../random/by-inversion.js';
import { standardNormalQuantile } from '../random/standard-normal.js';
import { definePart } from '../registry/part.js';
import type { AttackRule, Knowledge, PoisonRule } from './attack.js';
import { falsifiedRows } from './falsified-rows.js';
import { commonDeviation, featureDeviations } from './feature-deviations.js';

const knowledge: Knowledge = 'own';

const standardNormal = byInversion(-Infinity, () => 0, standardNormalQuantile);

/** The options of `feature-noise`. */
export interface FeatureNoiseOptions {
  /** Standard deviations of the noise in those of the features, at least 0; 1 unless given. */
  readonly sigma?: number;
}

/** Trains on the falsified row number n + r in the place of each row r. */
const onTwins = (n: number): AttackRule => ({
  kind: 'data',
  knowledge,
  falsify: ({ rows }) => {
    for (let i = 0; i < rows.length; i++) rows[i]! += n;
  },
});

/**
 * Feature noise: honest training on x_k + σ·s_k·ξ_k with ξ standard normal, independent in rows and features, where s_k is the
 * standard deviation of feature k over the training rows; of images, that of all values together, since a pixel that is hardly
 * ever inked has a scale as the others have. Labels stay.
 * The noise of a row is drawn once a run, not at each draw: the worker holds noisy data, as in the papers, and can learn that
 * noise by heart; noise that is fresh each time would rather be a regularisation (Bishop 1995). Workers that share rows share
 * their noise. Muñoz-González, Co & Lupu 2019 ("noisy clients", with
 * uniform noise on pixels), Gaussian in Hendrycks & Dietterich, ICLR 2019. Values aren't clipped to the features' range.
 */
export const featureNoise = ({ sigma = 1 }: FeatureNoiseOptions = {}): PoisonRule => ({
  kind: 'poison',
  knowledge,
  needsClasses: false,
  poison: ({ shape, train }, random) => {
    const { inputs, count } = train;
    const scales =
      shape.length === 3 ? new Float64Array(inputs.features).fill(commonDeviation(train)) : featureDeviations(train);
    return {
      inputs: falsifiedRows(inputs, {
        kept: count,
        chosen: new Int32Array(count).map((_, row) => row),
        features: new Int32Array(inputs.features).map((_, k) => k),
        value: (honest, k) => honest + sigma * scales[k]! * standardNormal.sample(random),
      }),
      attack: onTwins(count),
    };
  },
});

export const featureNoisePart = definePart({
  summary: 'Feature noise: a Byzantine worker trains on rows to whose features Gaussian noise was added once.',
  formula: 'features x + N(0, (sigma·s)²)',
  source: 'Muñoz-González, Co & Lupu 2019, noisy clients; Gaussian: Hendrycks & Dietterich, ICLR 2019.',
  precondition: 'The model learns from data.',
  aliases: ['noisy-features'],
  knowledge,
  parameters: z.strictObject({
    sigma: z
      .number()
      .nonnegative()
      .max(1e6)
      .default(1)
      .describe(
        'Standard deviation of the noise in standard deviations of the feature (of images, of all pixels), >= 0.',
      ),
  }),
  create: featureNoise,
});
