import type { z } from 'zod';
import type { AttackRule } from '../attacks/attack.js';
import { attacks } from '../attacks/index.js';
import type { Plan, WeightRule, WorkerPlan } from '../engine/plan.js';
import type { GradientsRule } from '../engine/gradients.js';
import { memoryNeeded } from '../engine/memory-needed.js';
import type { Protocol } from '../engine/protocol.js';
import type { Dataset } from '../learning/dataset.js';
import { datasets, partitions, type DatasetRule, type Partition } from '../learning/data/index.js';
import { models } from '../learning/index.js';
import type { ObjectiveRule } from '../learning/objective-rule.js';
import type { ObjectiveSpec } from '../learning/objective-spec.js';
import type { Objective, Share } from '../learning/objective.js';
import { methods, type Method } from '../methods/index.js';
import { instantLink, type Link } from '../network/index.js';
import { protocols } from '../protocols/index.js';
import { seededRandom } from '../random/index.js';
import type { Random } from '../random/random.js';
import { variablesOf } from '../registry/formula.js';
import type { Registered } from '../registry/part.js';
import type { AggregatorOperator, AggregatorRule } from '../weighted/aggregator.js';
import { aggregators, needsEqualWeights, operators, type Requirements } from '../weighted/index.js';
import { plain, plainKernels, simd, type Kernels, type KernelSource } from '../kernels/index.js';
import { newVector } from '../kernels/vector.js';
import type { Choice } from './choice.js';
import { compileDelay, parseDuration } from './delay.js';
import { compileFormula } from './formula.js';
import { fitting, fittingAsync, Misfit, reasonOf, type Path } from './misfit.js';
import { delayVariables, parseEvery, speedVariables, weightVariables, type Scenario } from './schema.js';
import { clipped } from './sentence.js';

/** A run, ready to be simulated. */
export interface Run {
  readonly plan: Plan;
  readonly protocol: Protocol;
}

/** Threads that take gradients beside the one that runs the simulation. */
export interface Threads {
  /** How many there are, the one that runs the simulation included. */
  readonly count: number;
  /** The same data where all threads can read it. */
  share(data: Dataset): Dataset;
  /** Takes the gradients of an objective by what it is made of. */
  gradients(spec: ObjectiveSpec): GradientsRule;
}

/** What building a run needs from outside. */
export interface Surroundings {
  /** Folder in which data files are looked for. */
  readonly directory: string;
  /** Data sets read so far, so that runs which share one read it once. */
  readonly cache?: Map<string, Promise<Dataset>>;
  /** The loops that runs are made of; SIMD unless given, or plain ones where that is missing. */
  readonly kernels?: KernelSource | undefined;
  /** The threads that take gradients; this one alone unless given. */
  readonly threads?: Threads | undefined;
  /** Bytes that a run may take; as many as there are unless given. */
  readonly memory?: number | undefined;
}

/** Makes the chosen part, formulas compiled. */
const make = async <Made>(
  registry: Readonly<Record<string, Registered<Made>>>,
  { kind, base: _, ...options }: Choice,
  path: Path,
): Promise<Made> => {
  const part = registry[kind]!;
  const compiled: Record<string, unknown> = { ...options };
  for (const [key, schema] of Object.entries<z.ZodType>(part.parameters.shape)) {
    const variables = variablesOf(schema);
    const value = options[key];
    if (variables && typeof value === 'string')
      compiled[key] = await fittingAsync([...path, key], () => compileFormula(value, { variables }));
  }
  return fitting(path, () => part.create(compiled as never));
};

/** All that an aggregator can name. */
const rules: Readonly<Record<string, Registered<unknown> & Requirements<never>>> = { ...aggregators, ...operators };

/** What the vectors of a scenario are like, as far as rules ask. */
interface Vectors {
  readonly count: number;
  /** Whether all weigh the same, whatever their workers have delivered. */
  readonly equal: boolean;
}

/** Refuses a rule whose precondition can't hold. */
const requireFitting = ({ kind, base: _, ...options }: Choice, vectors: Vectors, path: Path): void => {
  const requirements = rules[kind]!;
  fitting(path, () => requirements.check?.(options as never, vectors.count));
  if (vectors.equal || !needsEqualWeights(requirements, options)) return;
  const way = requirements.weights === 'equal' ? '' : ', or give lambda, a share of the weight, in place of f';
  throw new Misfit(path, `${kind} counts vectors, so they must have one weight; set weights: uniform${way}`);
};

const makeRule = async (chosen: Choice, vectors: Vectors, path: Path): Promise<AggregatorRule> => {
  const operates = Object.hasOwn(operators, chosen.kind);
  const made = operates
    ? await make<AggregatorOperator>(operators, chosen, path)
    : await make<AggregatorRule>(aggregators, chosen, path);
  requireFitting(chosen, vectors, path);
  if (!operates) return made as AggregatorRule;
  return (made as AggregatorOperator)(await makeRule(chosen.base as Choice, vectors, [...path, 'base']));
};

const load = async ({ learn }: Scenario, { directory, cache, threads }: Surroundings): Promise<Dataset | undefined> => {
  if (!learn.data) return undefined;
  const key = JSON.stringify([learn.data, directory]);
  const known = cache?.get(key);
  if (known) return known;
  const rule = await make<DatasetRule>(datasets, learn.data, ['learn', 'data']);
  // Not the scenario's seed: a generated data set is the same in every run, as a read one is.
  const loading = (async () => {
    const data = await rule({ directory, random: seededRandom('data') });
    return threads ? threads.share(data) : data;
  })();
  cache?.set(key, loading);
  try {
    return await loading;
  } catch (error) {
    // A rule rejects with a sentence about the file that is missing or is not what it should be.
    throw error instanceof Error ? new Misfit(['learn', 'data'], reasonOf(error), { cause: error }) : error;
  }
};

const makeObjective = async (
  scenario: Scenario,
  data: Dataset | undefined,
): Promise<{ readonly objective: Objective; readonly place: (kernels: Kernels) => Objective }> => {
  const { model, batch } = scenario.learn;
  const part = models[model.kind as keyof typeof models];
  if (part.needsData && !data)
    throw new Misfit(
      ['learn'],
      `the model ${model.kind} needs data; give it one of ${Object.keys(datasets).join(', ')} as "data"`,
    );
  const rule = await make<ObjectiveRule>(models, model, ['learn', 'model']);
  const objective = fitting(['learn', 'model'], () => rule({ data, batch }));
  return { objective, place: (kernels) => rule({ data, batch, kernels }) };
};

interface Member {
  readonly byzantine: boolean;
  readonly variables: Readonly<Record<(typeof speedVariables)[number], number>>;
}

/** Who is Byzantine, and each worker's 1-based id within its group. */
const members = ({ workers: { count, byzantine } }: Scenario): readonly Member[] => {
  const liars = new Set(
    typeof byzantine === 'number' ? Array.from({ length: byzantine }, (_, i) => count - i) : byzantine,
  );
  const seen = { true: 0, false: 0 };
  return Array.from({ length: count }, (_, i) => {
    const byzantine = liars.has(i + 1);
    const id = (seen[`${byzantine}`] += 1);
    const group = byzantine ? liars.size : count - liars.size;
    return { byzantine, variables: { id, group, byzantine: Number(byzantine) } };
  });
};

const makeSpeeds = async (scenario: Scenario, all: readonly Member[]): Promise<readonly number[]> => {
  const path = ['workers', 'speed'];
  const text = scenario.workers.speed as number | string;
  const formula = await fittingAsync(path, () => compileFormula(text, { variables: speedVariables }));
  return all.map(({ variables }, i) => {
    const speed = formula(variables);
    if (!(speed > 0 && speed < Infinity))
      throw new Misfit(
        path,
        `"${clipped(String(text))}" is ${speed} for worker ${i + 1}; a speed must be finite and > 0`,
      );
    return speed;
  });
};

const makeLinks = async (
  scenario: Scenario,
  timed: boolean,
  all: readonly Member[],
  speeds: readonly number[],
): Promise<readonly Link[]> => {
  const { network } = scenario;
  if (!timed) {
    if (network)
      throw new Misfit(
        ['network'],
        'this protocol has no clock ("arrivals: sampled"), so delays have no meaning; leave "network" out',
      );
    return all.map(() => instantLink);
  }
  if (!network)
    throw new Misfit(
      [],
      'the key "network" is missing; say how long computing takes, such as network: { compute: exponential(1 / speed) }',
    );
  const phase = async (name: keyof Link) => {
    const path = ['network', name];
    const delay = await fittingAsync(path, () => compileDelay(network[name], delayVariables));
    return all.map(({ variables }, i) => fitting(path, () => delay({ ...variables, speed: speeds[i]! })));
  };
  const [download, compute, upload] = [await phase('download'), await phase('compute'), await phase('upload')];
  return all.map((_, i) => ({ download: download[i]!, compute: compute[i]!, upload: upload[i]! }));
};

const makeShares = async (scenario: Scenario, data: Dataset | undefined, random: Random): Promise<readonly Share[]> => {
  const { count } = scenario.workers;
  const path = ['learn', 'partition'];
  if (!data) {
    const { kind } = scenario.learn.partition;
    if (kind !== 'shared') throw new Misfit(path, `${kind} deals rows to workers, but there is no data`);
    return Array.from({ length: count }, () => null);
  }
  const partition = await make<Partition>(partitions, scenario.learn.partition, path);
  return fitting(path, () => partition(data.train.labels, data.classes, count, random.fork('partition')));
};

/** Weights are tried for this many first counts, so that most formulas that go wrong do so before the run. */
const countsTried = 1000;

/** Whether a weight is the same at all counts tried. */
const isEqual = (weight: WeightRule): boolean => {
  for (let count = 2; count <= countsTried; count++) if (weight(count) !== weight(1)) return false;
  return true;
};

const makeWeight = async ({ weights }: Scenario): Promise<WeightRule> => {
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

const makeAttack = async (scenario: Scenario, objective: Objective): Promise<AttackRule> => {
  const attack = await make<AttackRule>(attacks, scenario.attack, ['attack']);
  if (attack.kind === 'data' && objective.classes < 2)
    throw new Misfit(
      ['attack'],
      `${scenario.attack.kind} falsifies labels, and the model ${scenario.learn.model.kind} has no classes`,
    );
  return attack;
};

const makeMethod = async (scenario: Scenario, objective: Objective, random: Random): Promise<Method> => {
  const path = ['method'];
  const method = await make<Method>(methods, scenario.method, path);
  const start = newVector(objective.precision, objective.dimension);
  objective.initial(random.fork('model'), start);
  fitting(path, () => method.update(start, objective.precision));
  return method;
};

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** Refuses, before anything is claimed, a run that doesn't fit. */
const requireMemory = (plan: Plan, { kind, limit }: KernelSource, available: number, threads: number): void => {
  const { workers, objective } = plan;
  const { linear, heap } = memoryNeeded(plan);
  const all = linear + heap + (threads - 1) * threadBytes(plan);
  if (linear <= limit && all <= available) return;
  const reached = linear > limit;
  const [needed, most] = reached ? [linear, limit] : [all, available];
  const reach = reached ? `that ${kind} kernels reach` : 'that there is';
  const way = reached && all <= available ? ', or use plain kernels, which reach further' : '';
  throw new Misfit(
    ['workers', 'count'],
    `a run of ${workers.length} workers with ${objective.dimension} parameters needs ${gigabytes(needed)} of memory, more than the ${gigabytes(most)} ${reach}; take fewer workers or a smaller model${way}`,
  );
};

/** Vectors of float64 that a further thread has room for: jobs under way, and what it takes gradients with. */
const VECTORS_PER_THREAD = 24;

const threadBytes = ({ objective, place }: Plan): number => {
  const probe = plainKernels();
  place?.(probe);
  return VECTORS_PER_THREAD * 8 * objective.dimension + probe.memory.claimed;
};

/**
 * Turns a checked scenario into a run: reads its data, compiles its formulas, makes its parts.
 * @throws Misfit that names the key and says what doesn't fit.
 */
export const buildRun = async (scenario: Scenario, surroundings: Surroundings): Promise<Run> => {
  const random = seededRandom(scenario.seed);
  const protocol = await make<Protocol>(protocols, scenario.protocol, ['protocol']);
  const all = members(scenario);
  const speeds = await makeSpeeds(scenario, all);
  const links = await makeLinks(scenario, protocol.timed, all, speeds);
  const weight = await makeWeight(scenario);
  const aggregator = await makeRule(scenario.aggregator, { count: all.length, equal: isEqual(weight) }, ['aggregator']);
  const data = await load(scenario, surroundings);
  const { objective, place } = await makeObjective(scenario, data);
  const attack = await makeAttack(scenario, objective);
  const method = await makeMethod(scenario, objective, random);
  const shares = await makeShares(scenario, data, random);
  const workers = all.map(({ byzantine }, i): WorkerPlan => ({
    byzantine,
    speed: speeds[i]!,
    share: shares[i]!,
    link: links[i]!,
  }));
  fitting(['protocol'], () => protocol.check(workers));
  const kernels = surroundings.kernels ?? (await simd()) ?? plain;
  const { steps, time } = scenario.stop;
  const every = parseEvery(scenario.measure!.every)!;
  const plan: Plan = {
    random,
    workers,
    objective,
    place,
    kernels,
    gradients: surroundings.threads?.gradients({ model: scenario.learn.model, batch: scenario.learn.batch, data }),
    method,
    aggregator,
    weight,
    attack,
    stop: { steps, time: time === undefined ? undefined : parseDuration(time)! },
    measure: 'steps' in every ? { kind: 'steps', ...every } : { kind: 'time', ...every },
  };
  requireMemory(plan, kernels, surroundings.memory ?? Infinity, surroundings.threads?.count ?? 1);
  return { plan, protocol };
};
