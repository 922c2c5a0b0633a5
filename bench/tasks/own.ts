import type { Dataset, Plan, ReadonlyVector, Steppable, Vector, WorkerPlan } from '../../src/index.js';
import { readFloats, readImages } from './files.js';
import type { Kernels, Library, ThreadsLibrary } from './kernels.js';
import type { EvaluateTask, GradientTask, RuleTask, StepTask, Task } from './request.js';

/** What is timed of a task. */
export interface Work {
  /** What has to be done before each call and isn't part of its time. */
  readonly before?: () => void;
  readonly call: () => ReadonlyVector;
}

const nothing: ReadonlyVector = [];

const gradientWork = (kernels: Kernels, { images, labels, parameters, batch }: GradientTask): Work => {
  const data = readImages(images, labels);
  const objective = kernels.cnn(data, batch);
  const [params, out] = kernels.vectors(2, objective.dimension);
  const [statistics] = kernels.vectors(1, objective.statistics);
  params!.set(readFloats(parameters));
  objective.initialStatistics(statistics!);
  const sample = objective.batch();
  sample.rows.forEach((_, i) => (sample.rows[i] = i));
  sample.labels.set(data.train.labels.subarray(0, batch));
  return {
    call: () => {
      objective.gradient(params!, sample, out!, statistics);
      return out!;
    },
  };
};

const evaluateWork = (kernels: Kernels, { images, labels, parameters }: EvaluateTask): Work => {
  const objective = kernels.cnn(readImages(images, labels), 16);
  const [params] = kernels.vectors(1, objective.dimension);
  const [statistics] = kernels.vectors(1, objective.statistics);
  params!.set(readFloats(parameters));
  objective.initialStatistics(statistics!);
  return {
    call: () => {
      const evaluation = objective.evaluate(params!, statistics!);
      for (;;) {
        const slice = evaluation.next();
        if (slice.done) return [slice.value.accuracy!];
      }
    },
  };
};

const ruleWork = (kernels: Kernels, task: RuleTask): Work | undefined => {
  const { rule, rows, dimension, f } = task;
  const values = readFloats(task.vectors);
  const original = (i: number): Float32Array => values.subarray(i * dimension, (i + 1) * dimension);
  const vectors = [...kernels.vectors(rows, dimension)];
  vectors.forEach((vector, i) => vector.set(original(i)));
  const weights = Float64Array.from(task.weights);
  const input = { count: rows, dimension, vectors, weights };
  if (!task.changing) {
    const aggregate = kernels.rule(rule, input, f);
    return aggregate && { call: aggregate };
  }
  // As at a server: a worker's new vector is beside its old one, and they take turns.
  const spare = [...kernels.vectors(rows, dimension)];
  const changes = new Float64Array(rows).fill(1);
  const previous: (Vector | undefined)[] = new Array<undefined>(rows).fill(undefined);
  const aggregate = kernels.rule(rule, { ...input, changes, previous }, f);
  if (aggregate === undefined) return undefined;
  let changed = 0;
  const before = (): void => {
    changed = (changed + 1) % rows;
    const [next, held] = [spare[changed]!, vectors[changed]!];
    // Shorter, and back again: another vector each time, of which the direction stays what it was.
    const factor = held[0] === original(changed)[0] ? 0.875 : 1;
    const from = original(changed);
    for (let k = 0; k < dimension; k++) next[k] = factor * from[k]!;
    vectors[changed] = next;
    spare[changed] = previous[changed] = held;
    changes[changed]! += 1;
    weights[changed]! += 1;
  };
  aggregate();
  return { before, call: aggregate };
};

/** The experiments' scenario on MNIST: ids' squares as speeds, the last workers Byzantine with flipped labels. */
const planOf = (library: Library, kernels: Kernels, task: StepTask, data: Dataset): Plan | undefined => {
  const { rule, workers, byzantine, batch } = task;
  const { attacks, ctma, geometricMedian, weightedMedian, instantLink, mu2Sgd, random } = library;
  const base = { 'w-gm+ctma': geometricMedian, 'w-cwmed+ctma': weightedMedian }[rule];
  if (base === undefined) return undefined;
  return {
    random: random.seededRandom(1),
    workers: Array.from({ length: workers }, (_, i): WorkerPlan => ({
      byzantine: i >= workers - byzantine,
      speed: (i + 1) ** 2,
      share: null,
      link: instantLink,
    })),
    objective: kernels.cnn(data, batch),
    method: mu2Sgd({ lr: 0.01, beta: () => 0.25, gamma: 0.1 }),
    aggregator: ctma({ lambda: 0.3 })(base()),
    weight: (count) => count,
    attack: attacks['label-flip'].create({}),
    stop: { steps: Infinity },
    measure: { kind: 'steps', steps: Infinity },
  };
};

const stepWork = (
  library: Library,
  kernels: Kernels,
  task: StepTask,
  threads: ThreadsLibrary | undefined,
): Work | undefined => {
  const read = readImages(task.images, task.labels);
  const data = task.threads > 1 && threads ? threads.sharedDataset(read) : read;
  const plan = planOf(library, kernels, task, data);
  if (plan === undefined) return undefined;
  // Every worker's message is at the server from the first step on, as later in any run.
  const protocol = library.asynchronous({ arrivals: 'sampled', byzantineShare: 0.3, warmup: true });
  let run: Steppable | undefined;
  let steps = 0;
  const byHand = (given: Steppable): void => void (run = given);
  const events = kernels.run({ plan, protocol, pace: byHand, threads: task.threads, data, batch: task.batch });
  if (events === undefined) return undefined;
  events.subscribe((event) => {
    if (event.kind === 'stepped') steps = event.step;
  });
  const call = (): ReadonlyVector => {
    const next = steps + 1;
    while (steps < next) run!.step();
    return nothing;
  };
  // The evaluation of the starting point and the first messages come before the first step.
  call();
  return { call };
};

/** The work of a task; undefined where the library or the kernels have no such thing. */
export const ownWork = (library: Library, kernels: Kernels, task: Task, threads?: ThreadsLibrary): Work | undefined => {
  switch (task.task) {
    case 'gradient':
      return gradientWork(kernels, task);
    case 'evaluate':
      return evaluateWork(kernels, task);
    case 'rule':
      return ruleWork(kernels, task);
    case 'step':
      return stepWork(library, kernels, task, threads);
  }
  return task satisfies never;
};
