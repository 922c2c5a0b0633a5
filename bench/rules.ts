import { compareAll, type Comparison } from './compare.js';
import type { Group } from './group.js';
import { vectorsFile } from './inputs.js';
import type { RuleTask } from './tasks/request.js';

const rows = 17;
const dimension = 66_230;

/**
 * Required: the largest ratio to PyTorch's time. The geometric median, iterated to 1e-10 while one row changes at each
 * call, stands beside three Weiszfeld steps.
 */
const medianAtMost = 0.05;
const geometricMedianAtMost = 0.2;

/** Numbers of updates of workers of very different speed. Their sum is odd: no subset has exactly half of it. */
const weights = Array.from({ length: rows }, (_, i) => i * i + 1);

/** The weighted rules of asynchronous runs, on as many vectors as the experiments have workers. */
export const rulesGroup: Group = {
  summary: 'the weighted rules on 17 vectors of the network’s size, beside PyTorch',
  measure: async ({ folder, contenders }) => {
    const vectors = vectorsFile(folder, rows, dimension);
    const task = (rule: string, changing = false): RuleTask => ({
      ...{ task: 'rule', rule, vectors, rows, dimension, weights, f: 5 },
      ...(changing ? { changing } : {}),
    });
    const at = `(${rows}, ${dimension.toLocaleString('en')})`;
    const threeSteps = { name: '3 Weiszfeld steps', task: task('w-rfa') };
    const comparisons: readonly Comparison[] = [
      { name: `w-RFA, 3 steps, at ${at}`, ours: task('w-rfa') },
      { name: `w-CWMed at ${at}`, ours: task('w-cwmed'), ratioAtMost: { PyTorch: medianAtMost } },
      { name: `CWMed at ${at}`, ours: task('median') },
      { name: `GM by 3 Weiszfeld steps at ${at}`, ours: task('geometric-median') },
      { name: `w-GM to 1e-10 at ${at}`, ours: task('w-gm'), theirs: threeSteps },
      {
        name: `w-GM to 1e-10 at ${at}, one row new`,
        ours: task('w-gm', true),
        theirs: threeSteps,
        ratioAtMost: { PyTorch: geometricMedianAtMost },
      },
      {
        name: `w-CWMed at ${at}, one row new`,
        ours: task('w-cwmed', true),
        theirs: { name: 'w-CWMed of all', task: task('w-cwmed') },
        ratioAtMost: { PyTorch: medianAtMost },
      },
    ];
    const ours = await contenders.ours();
    const pytorch = [await contenders.pytorch()];
    const others = await contenders.ourOthers();
    const result = [];
    for (const comparison of comparisons) result.push(...(await compareAll(comparison, ours, pytorch, others, folder)));
    return result;
  },
};
