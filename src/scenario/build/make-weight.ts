import type { WeightRule } from '../../engine/plan.js';
import { compileFormula } from '../formula.js';
import { fittingAsync, Misfit } from '../misfit.js';
import { weightVariables, type Scenario } from '../schema.js';

/** Weights are tried for this many first counts, so that most formulas that go wrong do so before the run. */
const countsTried = 1000;

/** Whether a weight is the same at all counts tried. */
export const isEqual = (weight: WeightRule): boolean => {
  for (let count = 2; count <= countsTried; count++) if (weight(count) !== weight(1)) return false;
  return true;
};

/** What a vector weighs by how many its worker has delivered, finite and > 0. */
export const makeWeight = async ({ weights }: Scenario): Promise<WeightRule> => {
  if (weights === 'uniform') return () => 1;
  if (weights === 'count') return (count) => count;
  const formula = await fittingAsync(['weights'], () =>
    compileFormula(weights as number | string, { variables: weightVariables, words: ['uniform'] }),
  );
  const rule: WeightRule = (count) => {
    const weight = formula({ count });
    if (!(weight > 0 && weight < Infinity))
      throw new Misfit(['weights'], `is ${weight} at count ${count}; a weight must be finite and > 0`);
    return weight;
  };
  for (let count = 1; count <= countsTried; count++) rule(count);
  return rule;
};
