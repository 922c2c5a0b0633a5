import { compare, compareAll, type Comparison } from './compare.js';
import type { Group } from './group.js';
import { imageFiles, parametersFile } from './inputs.js';
import type { StepTask } from './tasks/request.js';

const batch = 16;
/** Steps for one measurement: some of them are Byzantine workers'. */
const calls = 10;

/** Required: the largest ratio to one gradient of PyTorch, by the number of threads. */
const ratioAtMost = { 1: 1.2, 2: 0.8 } as const;

/** Our rules, and the ones of the whole step that is written in PyTorch. */
const steps = [
  { rule: 'w-gm+ctma', name: 'w-GM with CTMA', wholeOfTheirs: { rule: 'w-rfa', name: 'w-RFA' } },
  { rule: 'w-cwmed+ctma', name: 'w-CWMed with CTMA', wholeOfTheirs: { rule: 'w-cwmed', name: 'w-CWMed' } },
] as const;

/**
 * Whole steps of asynchronous μ²-SGD, as in the experiments on MNIST, in steady state and without evaluations: two
 * gradients, the rule on 17 vectors, the update and the events. Beside one gradient of PyTorch, and beside the same step
 * written in PyTorch, with RFA for the geometric median and no CTMA.
 */
export const stepGroup: Group = {
  summary: 'a whole step of μ²-SGD with 17 workers, beside PyTorch',
  measure: async ({ folder, contenders }) => {
    const images = imageFiles(folder);
    const task = (rule: string, threads: number): StepTask => ({
      ...{ task: 'step', rule, workers: 17, byzantine: 8, batch, threads },
      ...images,
    });
    const gradient = { task: 'gradient', batch, ...images, parameters: parametersFile(folder) } as const;
    const oneGradient = { name: 'one gradient', task: gradient };
    const ours = await contenders.ours();
    const pytorch = [await contenders.pytorch()];
    const others = await contenders.ourOthers();
    const rows = [];
    for (const { rule, name, wholeOfTheirs } of steps) {
      for (const threads of [1, 2] as const) {
        const comparison: Comparison = {
          name: `step with ${name}${threads === 1 ? '' : ', two threads'}`,
          ours: task(rule, threads),
          theirs: oneGradient,
          calls,
          ratioAtMost: { PyTorch: ratioAtMost[threads] },
        };
        rows.push(...(await compareAll(comparison, ours, pytorch, others, folder)));
      }
      const whole = { name: `a step with ${wholeOfTheirs.name}`, task: task(wholeOfTheirs.rule, 1) };
      const comparison = { name: `step with ${name}`, ours: task(rule, 1), theirs: whole, calls };
      rows.push(...(await compare(comparison, ours, pytorch, folder)));
    }
    return rows;
  },
};
