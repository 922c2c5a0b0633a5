import { geometricMedianPart } from './geometric-median.js';
import { krumPart } from './krum.js';
import { mdaPart } from './mda.js';
import { meanAroundMedianPart } from './mean-around-median.js';
import { multiKrumPart } from './multi-krum.js';
import { phocasPart } from './phocas.js';
import type { AggregatorRule } from './aggregator.js';
import { smeaPart } from './smea.js';
import { trimmedMeanPart } from './trimmed-mean.js';
import { weightedMedianPart } from './weighted-median.js';

/** A rule that Bulyan may select with, told f. */
interface Selector {
  readonly make: (f: number) => AggregatorRule;
  readonly check?: (options: { readonly f: number }, count: number) => void;
}

/** The rules by whose names Bulyan knows them. */
export const selectors = {
  krum: { make: (f) => krumPart.create({ f, variant: 'published' }), check: krumPart.check },
  'multi-krum': { make: (f) => multiKrumPart.create({ f, variant: 'published' }), check: multiKrumPart.check },
  mda: { make: (f) => mdaPart.create({ f }), check: mdaPart.check },
  smea: { make: (f) => smeaPart.create({ f }), check: smeaPart.check },
  gm: { make: () => geometricMedianPart.create({ tolerance: 1e-10, maxIterations: 100 }) },
  cwmed: { make: () => weightedMedianPart.create({}) },
  trmean: { make: (f) => trimmedMeanPart.create({ f }), check: trimmedMeanPart.check },
  meamed: { make: (f) => meanAroundMedianPart.create({ f }), check: meanAroundMedianPart.check },
  phocas: { make: (f) => phocasPart.create({ f }), check: phocasPart.check },
} satisfies Readonly<Record<string, Selector>>;

/** The name of a rule that Bulyan may select with. */
export type SelectorName = keyof typeof selectors;

/** The selector of a name. */
export const selectorOf = (name: SelectorName): Selector => selectors[name];
