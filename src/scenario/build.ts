import { falsehoodOf } from '../engine/falsehood-of.js';
import type { MeasureEvery, Plan, Stop, WorkerPlan } from '../engine/plan.js';
import type { ClusterProtocol } from '../engine/index.js';
import { fewestCalled, type Protocol } from '../engine/protocol.js';
import { parseDuration } from '../registry/duration.js';
import { parseMeasured, type Measured } from '../registry/every.js';
import { plain, simd } from '../kernels/index.js';
import type { Dataset } from '../learning/dataset.js';
import { protocols } from '../protocols/index.js';
import { seededRandom } from '../random/index.js';
import { loadData } from './build/load-data.js';
import { makeAggregator, trustedIn, type Vectors } from './build/make-aggregator.js';
import { honestLossy } from './build/make-datagrams.js';
import { makeCompression } from './build/make-compression.js';
import { makeLinks } from './build/make-links.js';
import { makeLearning } from './build/make-learning.js';
import { makeMethod, requireStart } from './build/make-method.js';
import { variablesOfAll } from './build/make-delays.js';
import { limitLinks } from './build/make-network.js';
import { makeOptimum } from './build/make-optimum.js';
import { makePart } from './build/make-part.js';
import { makeScript } from './build/make-script.js';
import { makeShares } from './build/make-shares.js';
import { makeSpeeds } from './build/make-speeds.js';
import { makeSwitching } from './build/make-switching.js';
import { isEqual, makeWeight } from './build/make-weight.js';
import { members } from './build/members.js';
import { makePolicy } from './build/make-policy.js';
import { outsideTheorem } from './build/outside-theorem.js';
import { requireClock, requireData } from './build/require-clock.js';
import { requireMemory } from './build/require-memory.js';
import { serverSideOf } from './build/server-side.js';
import type { AggregatorRule } from '../weighted/aggregator.js';
import { fitting } from './misfit.js';
import { kappaOf } from './robustness.js';
import type { Scenario } from './schema.js';
import type { Surroundings } from './surroundings.js';

/** A run, ready to be simulated. */
export interface Run {
  readonly plan: Plan;
  readonly protocol: Protocol | ClusterProtocol;
  /** Preconditions of the protocol's theorem that don't hold, a sentence each; not there where all of them hold. */
  readonly outside?: readonly string[];
  /** Rows of a minibatch, and of all honest workers' shares together; undefined where there are no data. */
  readonly data?: { readonly batch: number; readonly rows: number } | undefined;
}

const measureOf = (every: Measured): MeasureEvery => {
  if ('steps' in every) return { kind: 'steps', ...every };
  return 'time' in every ? { kind: 'time', ...every } : { kind: 'gradients', ...every };
};

const stopOf = ({ time, ...rest }: Scenario['stop']): Stop => ({
  ...rest,
  time: time === undefined ? undefined : parseDuration(time)!,
});

/** Training rows of those who are honest at first; rows that several of them have count for each. */
const honestRows = (workers: readonly WorkerPlan[], { train }: Dataset): number =>
  workers.reduce((sum, { byzantine, share }) => sum + (byzantine ? 0 : (share ?? train.labels).length), 0);

/** The aggregator, for so many vectors and for the fewest that it may be given. */
const makeRule = async ({ aggregator }: Scenario, vectors: Vectors, fewest: number): Promise<AggregatorRule> => {
  const path = ['aggregator'];
  const rule = await makeAggregator(aggregator, vectors, path);
  if (fewest < vectors.count) await makeAggregator(aggregator, { ...vectors, count: fewest }, path);
  return rule;
};

/** Whether a worker, numbered from 0, may turn Byzantine, or back. */
const turningIn = (switching: Plan['switching'], script: NonNullable<Plan['script']>) => {
  const scripted = new Set(script.flatMap((each) => (each.kind === 'turn' ? each.workers : [])));
  return (worker: number): boolean => switching !== undefined || scripted.has(worker);
};

/**
 * Turns a checked scenario into a run: reads its data, compiles its formulas, makes its parts.
 * @throws Misfit that names the key and says what doesn't fit.
 */
export const buildRun = async (scenario: Scenario, surroundings: Surroundings): Promise<Run> => {
  const random = seededRandom(scenario.seed);
  const protocol = await makePart<Protocol | ClusterProtocol>(protocols, scenario.protocol, ['protocol']);
  requireClock(scenario, protocol.timed);
  requireData(scenario);
  const switching = await makeSwitching(scenario);
  const all = members(scenario, switching);
  const side = serverSideOf(scenario, protocol, all, surroundings);
  const speeds = await makeSpeeds(scenario, all);
  const delays = await makeLinks(scenario, protocol.timed, all, speeds, surroundings.directory);
  const weight = await makeWeight(scenario);
  const { count, fewest } = side;
  const vectors = { count, equal: isEqual(weight, all.length) };
  const aggregator = await makeRule(scenario, vectors, fewest);
  const data = await loadData(scenario, surroundings);
  const { attack, learned, ...learning } = await makeLearning(scenario, data, surroundings, random);
  const shares = await makeShares(scenario, data, random);
  const honest = shares.filter((_, i) => !all[i]!.byzantine);
  const { objective, place } = makeOptimum(scenario, learning, honest, surroundings);
  const scope = { variables: variablesOfAll(all, speeds), directory: surroundings.directory };
  const links = await limitLinks(scenario, delays, objective, scope, side.several);
  const script = await makeScript(scenario, all);
  const turning = turningIn(switching, script);
  const transport = await side.transport(objective, turning, scope);
  const lossy = honestLossy(transport.datagrams, all);
  const outside = outsideTheorem(scenario, protocol, { ...side.crew, lossy, rule: scenario.aggregator });
  const method = await makeMethod(scenario, objective, side, random);
  await makeRule(scenario, { ...vectors, count: fewest }, fewestCalled(method) ?? fewest);
  const compression = await makeCompression(scenario, objective);
  const { policy, clean } = side.serving ? await makePolicy(scenario, side.serving, data, random) : {};
  const workers = all.map(({ byzantine }, i): WorkerPlan => ({
    byzantine,
    turns: turning(i),
    speed: speeds[i]!,
    share: shares[i]!,
    ...links[i]!,
  }));
  side.check(workers, method, objective);
  // Tried once, so that a method that it can't work on is told before the run.
  fitting(['attack'], () => falsehoodOf({ method, workers, random, attack }, 1));
  const { memory = Infinity, threads, kernels = (await simd()) ?? plain } = surroundings;
  const { model, batch } = scenario.learn;
  const byzantine = Math.max(switching?.most?.(all.length) ?? 0, all.length - honest.length);
  const plan: Plan = {
    random,
    workers,
    objective,
    place,
    kernels,
    gradients: 'rounds' in method ? undefined : threads?.gradients({ model, batch, data: learned }),
    method,
    compression,
    messageBytes: scenario.network?.messageBytes,
    aggregator,
    robustness: kappaOf(scenario.aggregator, fewest, byzantine)?.kappa,
    trusted: trustedIn(scenario.aggregator),
    weight,
    attack,
    ...transport,
    switching,
    script,
    policy,
    clean,
    stop: stopOf(scenario.stop),
    measure: measureOf(parseMeasured(scenario.measure!.every!)!),
  };
  requireStart(plan);
  requireMemory(plan, side.memory(plan), kernels, memory, threads?.count ?? 1);
  const rows = data && { batch, rows: honestRows(workers, data) };
  return { plan, protocol, data: rows, ...(outside.length > 0 && { outside }) };
};
