import type { RuleInput, ScenarioInput } from '../../../src/index.js';
import { clouds } from './clouds.js';

/** Further rules that go by weights, */
const weighted: Readonly<Record<string, RuleInput>> = {
  'average-nan': 'average-nan',
  trmean: { kind: 'trmean', lambda: 0.3 },
  'phocas-by-weight': { kind: 'phocas', lambda: 0.3 },
  'aksel-n-f': { kind: 'aksel', lambda: 0.3, variant: 'n-f' },
  monna: { kind: 'monna', lambda: 0.3, trusted: 2 },
  cge: { kind: 'cge', lambda: 0.3 },
  'centered-clipping': { kind: 'centered-clipping', radius: 1 },
  clipping: [{ kind: 'clipping', radius: 2 }, { kind: 'nnm', lambda: 0.3 }, 'rfa'],
  caf: { kind: 'caf', lambda: 0.3 },
  dnc: { kind: 'dnc', lambda: 0.3, coordinates: 6, iterations: 2 },
  mfm: { kind: 'mfm', threshold: 1 },
  fltrust: { kind: 'fltrust', trusted: 2 },
  'clipped-differences': [{ kind: 'clipped-differences', lambda: 1 }, { kind: 'bucketing', size: 2 }, 'cwmed'],
  bucketing: [{ kind: 'bucketing', size: 2 }, { kind: 'arc', lambda: 0.3 }, 'cwmed'],
};

/** and those that count vectors. */
const counting: Readonly<Record<string, RuleInput>> = {
  meamed: { kind: 'meamed', f: 3 },
  krum: { kind: 'krum', f: 3 },
  'multi-krum': { kind: 'multi-krum', f: 3 },
  phocas: { kind: 'phocas', f: 3 },
  bulyan: { kind: 'bulyan', f: 2 },
  'bulyan-aggregathor': { kind: 'bulyan', f: 2, variant: 'aggregathor' },
  'bulyan-cwmed': { kind: 'bulyan', f: 2, selector: 'cwmed' },
  aksel: { kind: 'aksel', f: 3 },
  mda: { kind: 'mda', f: 3 },
  smea: { kind: 'smea', f: 3 },
  nnm: [
    { kind: 'nnm', f: 3 },
    { kind: 'trmean', f: 3 },
  ],
};

/** Every one of these rules, on vectors of float32 and of float64. */
export const ruled: readonly ScenarioInput[] = Object.entries({ ...weighted, ...counting }).flatMap(
  ([rule, aggregator]) =>
    (['mlp', 'softmax'] as const).map((model) => ({
      name: `${rule}-${model === 'mlp' ? 'float32' : 'float64'}`,
      learn: {
        data: { ...clouds, classes: 4 },
        model: model === 'mlp' ? { kind: model, hidden: [5] } : model,
        batch: 4,
      },
      workers: { count: 13, byzantine: 3, speed: 'id' },
      protocol: { kind: 'asynchronous', arrivals: 'sampled', byzantineShare: 0.25, warmup: true },
      method: { kind: 'momentum', lr: 0.1 },
      aggregator,
      weights: rule in counting ? 'uniform' : 'count',
      attack: 'little',
      stop: { steps: 60 },
      measure: { every: 20 },
    })),
);
