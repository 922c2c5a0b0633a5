import type { Law } from '../law.js';
import { containmentLaws } from './containment-laws.js';
import { definingLaws } from './defining-laws.js';
import { memoryLaws } from './memory-laws.js';
import { robustnessLaws } from './robustness-laws.js';
import { structureLaws } from './structure-laws.js';
import { weightLaws } from './weight-laws.js';

/** All laws. */
export const laws: readonly Law[] = [
  ...structureLaws,
  ...weightLaws,
  ...containmentLaws,
  ...robustnessLaws,
  ...memoryLaws,
  ...definingLaws,
];
