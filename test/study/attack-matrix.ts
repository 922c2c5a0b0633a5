import { readFile } from 'node:fs/promises';
import type { Source } from '../../src/scenario/source.js';
import { yamlSource } from '../../src/scenario/source.js';
import type { Scenario } from '../../src/scenario/schema.js';
import { constantOfDiameter, neighbourhood } from '../../src/study/index.js';
import { boundsOf, type ChosenRule } from '../../src/testing/bounds.js';

/** The scenario of the matrix: every attack against every rule. */
export const matrixSource = async (): Promise<Source> => {
  const file = 'scenarios/attacks/matrix.yaml';
  return yamlSource(await readFile(file, 'utf8'), file);
};

/** The quadratic's σ, L and μ, and the numbers of workers, as the matrix's scenario has them. */
const setting = { honest: 12, noise: 1, smoothness: 1, strongConvexity: 1 } as const;
const lambda = 3 / 15;

/** A neighbourhood, and what it is taken from. */
export interface Theory {
  readonly value: number;
  readonly from: string;
  /** Whether the constant is proved or published, not only measured. */
  readonly certain: boolean;
}

/** MFM's own bound: honest vectors within threshold/2 of a point keep it within 7·threshold/2·δ/(1 − δ) of their mean. */
const ofMfm = (threshold: number): Theory => {
  const error = 7 * (threshold / 2) * (lambda / (1 - lambda)) + setting.noise / Math.sqrt(setting.honest);
  return { value: error ** 2 / 2, from: `‖A − x̄_G‖ ≤ 7·(${threshold}/2)·λ/(1−λ)`, certain: true };
};

/** The least neighbourhood that a rule's constants allow, proved ones first; undefined without any. */
export const theoryOf = (aggregator: Scenario['aggregator']): Theory | undefined => {
  if (aggregator.kind === 'mfm') return ofMfm(aggregator.threshold as number);
  const all = boundsOf(aggregator as ChosenRule).map((bound): Theory => {
    const given = bound.value(lambda);
    const constant = bound.name === 'c_λ' ? given : constantOfDiameter(given, setting.honest);
    return {
      value: neighbourhood({ ...setting, constant }),
      from: bound.name === 'c_λ' ? `c_λ = ${bound.formula}` : `diameter ${bound.formula}`,
      certain: bound.status !== 'measured',
    };
  });
  const certain = all.filter((each) => each.certain);
  return (certain.length > 0 ? certain : all).sort((a, b) => a.value - b.value)[0];
};

/** What no rule can be sure to beat: the neighbourhood of c_λ = λ/(1 − 2λ), the least constant that there is. */
export const YARDSTICK = neighbourhood({ ...setting, constant: lambda / (1 - 2 * lambda) });

/** Under so many times the error without liars, an attack has failed. */
export const HARM = 10;

/** Cells of rules without a constant that lie beyond the yardstick, and why; in the matrix with one seed. */
export const beyond: Readonly<Record<string, { readonly attacks: readonly string[]; readonly why: string }>> = {
  mean: {
    attacks: [
      ...['reverse', 'fixed-vector', 'infinite', 'nan'],
      ...['optimal little', 'optimal empire', 'optimal min-max', 'little and reverse'],
    ],
    why: 'One liar moves the mean as far as it likes, so every attack that isn’t meant to be short does.',
  },
  'average-nan': {
    attacks: [
      ...['reverse', 'fixed-vector'],
      ...['optimal little', 'optimal empire', 'optimal min-max', 'little and reverse'],
    ],
    why: 'It leaves out what isn’t finite and is the mean of the rest, which one liar moves as far as it likes.',
  },
  rfa: {
    attacks: ['zero'],
    why: 'Its few steps begin at 0, where the liars’ zero vectors lie: their distance is 0, which the smoothing makes a weight that nothing outweighs, so the model never moves. `start: mean` or `gm` don’t have that hole.',
  },
  dnc: {
    attacks: ['reverse'],
    why: 'It looks in one direction at a time. Three vectors a hundred times as long as the others, each in its own, share the direction of greatest scatter with the longest of them; now and then one is kept.',
  },
};
