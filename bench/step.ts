import { compare, type Comparison } from './compare.js';
import type { Group } from './group.js';
import { imageFiles, parametersFile } from './inputs.js';
import type { StepTask } from './tasks/request.js';

const batch = 16;
/** Steps for one measurement: some of them are Byzantine workers'. */
const calls = 10;

/** Required: the largest ratio to one gradient of PyTorch, by the number of threads. */
const ratioAtMost = { 1: 1.2, 2: 0.8 } as const;

const rules = { 'w-gm+ctma': 'w-GM with CTMA', 'w-cwmed+ctma': 'w-CWMed with CTMA' } as const;

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
    const ours = await contenders.ours();
    const pytorch = await contenders.pytorch();
    const others = await contenders.ourOthers();
    const rows = [];
    for (const [rule, name] of Object.entries(rules)) {
      for (const threads of [1, 2] as const) {
        const comparison: Comparison = {
          name: `step with ${name}, ${threads === 1 ? 'one thread' : 'two threads'}, beside one gradient`,
          ours: task(rule, threads),
          theirs: gradient,
          calls,
          ratioAtMost: { PyTorch: ratioAtMost[threads] },
        };
        rows.push(...(await compare(comparison, ours, [pytorch], folder)));
      }
      const theirs = rule === 'w-gm+ctma' ? 'w-rfa' : 'w-cwmed';
      const whole = { name: `step with ${name}, beside a step with ${theirs}`, ours: task(rule, 1), calls };
      rows.push(...(await compare({ ...whole, theirs: task(theirs, 1) }, ours, [pytorch], folder)));
      if (others.length > 0)
        rows.push(...(await compare({ name: `step with ${name}`, ours: task(rule, 1), calls }, ours, others, folder)));
    }
    return rows;
  },
};
