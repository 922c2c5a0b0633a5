import { falsehoodOf } from '../engine/falsehood-of.js';
import type { Plan, WorkerPlan } from '../engine/plan.js';
import { servingOf, type Protocol } from '../engine/protocol.js';
import { parseDuration } from '../registry/duration.js';
import { parseEvery } from '../registry/every.js';
import { plain, simd } from '../kernels/index.js';
import { protocols } from '../protocols/index.js';
import { seededRandom } from '../random/index.js';
import { loadData } from './build/load-data.js';
import { makeAggregator, trustedIn } from './build/make-aggregator.js';
import { makeCompression } from './build/make-compression.js';
import { makeLinks } from './build/make-links.js';
import { makeLearning } from './build/make-learning.js';
import { makeMethod } from './build/make-method.js';
import { variablesOfAll } from './build/make-delays.js';
import { limitLinks } from './build/make-network.js';
import { makePart } from './build/make-part.js';
import { makeScript } from './build/make-script.js';
import { makeShares } from './build/make-shares.js';
import { makeSpeeds } from './build/make-speeds.js';
import { makeSwitching } from './build/make-switching.js';
import { makeTransport } from './build/make-transport.js';
import { isEqual, makeWeight } from './build/make-weight.js';
import { members } from './build/members.js';
import { makePolicy } from './build/make-policy.js';
import { requireClock } from './build/require-clock.js';
import { requireMemory } from './build/require-memory.js';
import { fitting } from './misfit.js';
import type { Scenario } from './schema.js';
import type { Surroundings } from './surroundings.js';

/** A run, ready to be simulated. */
export interface Run {
  readonly plan: Plan;
  readonly protocol: Protocol;
}

/**
 * Turns a checked scenario into a run: reads its data, compiles its formulas, makes its parts.
 * @throws Misfit that names the key and says what doesn't fit.
 */
export const buildRun = async (scenario: Scenario, surroundings: Surroundings): Promise<Run> => {
  const random = seededRandom(scenario.seed);
  const protocol = await makePart<Protocol>(protocols, scenario.protocol, ['protocol']);
  requireClock(scenario, protocol.timed);
  const switching = await makeSwitching(scenario);
  const all = members(scenario, switching);
  const speeds = await makeSpeeds(scenario, all);
  const delays = await makeLinks(scenario, protocol.timed, all, speeds, surroundings.directory);
  const weight = await makeWeight(scenario);
  const gathers = protocol.gathers?.(all.length);
  const vectors = { count: gathers?.rows ?? all.length, equal: isEqual(weight, all.length) };
  const aggregator = await makeAggregator(scenario.aggregator, vectors, ['aggregator']);
  const fewest = protocol.fewest?.(all.length) ?? vectors.count;
  if (fewest < vectors.count) await makeAggregator(scenario.aggregator, { ...vectors, count: fewest }, ['aggregator']);
  const data = await loadData(scenario, surroundings);
  const { objective, place, attack, learned } = await makeLearning(scenario, data, surroundings, random);
  const scope = { variables: variablesOfAll(all, speeds), directory: surroundings.directory };
  const links = await limitLinks(scenario, delays, objective, scope);
  const script = await makeScript(scenario, all);
  const scripted = new Set(script.flatMap((each) => (each.kind === 'turn' ? each.workers : [])));
  const turning = (worker: number): boolean => switching !== undefined || scripted.has(worker);
  const transport = await makeTransport(scenario, protocol, objective, all, turning, scope, surroundings);
  const method = await makeMethod(scenario, objective, random);
  const compression = await makeCompression(scenario, objective);
  const shares = await makeShares(scenario, data, random);
  const { policy, clean } = await makePolicy(scenario, servingOf(protocol, all.length), data, random);
  const workers = all.map(({ byzantine }, i): WorkerPlan => ({
    byzantine,
    turns: turning(i),
    speed: speeds[i]!,
    share: shares[i]!,
    ...links[i]!,
  }));
  fitting(['protocol'], () => protocol.check(workers));
  // Tried once, so that a method that it can't work on is told before the run.
  fitting(['attack'], () => falsehoodOf({ method, workers, random, attack }, 1));
  const kernels = surroundings.kernels ?? (await simd()) ?? plain;
  const { steps, time } = scenario.stop;
  const every = parseEvery(scenario.measure!.every!)!;
  const plan: Plan = {
    random,
    workers,
    objective,
    place,
    kernels,
    gradients: surroundings.threads?.gradients({
      model: scenario.learn.model,
      batch: scenario.learn.batch,
      data: learned,
    }),
    method,
    compression,
    messageBytes: scenario.network?.messageBytes,
    aggregator,
    trusted: trustedIn(scenario.aggregator),
    weight,
    attack,
    ...transport,
    switching,
    script,
    policy,
    clean,
    stop: { steps, time: time === undefined ? undefined : parseDuration(time)! },
    measure: 'steps' in every ? { kind: 'steps', ...every } : { kind: 'time', ...every },
  };
  requireMemory(plan, gathers, kernels, surroundings.memory ?? Infinity, surroundings.threads?.count ?? 1);
  return { plan, protocol };
};
