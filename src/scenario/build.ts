import type { Plan, WorkerPlan } from '../engine/plan.js';
import { servingOf, type Protocol } from '../engine/protocol.js';
import { parseDuration } from '../registry/duration.js';
import { parseEvery } from '../registry/every.js';
import { plain, simd } from '../kernels/index.js';
import { protocols } from '../protocols/index.js';
import { seededRandom } from '../random/index.js';
import { loadData } from './build/load-data.js';
import { makeAggregator, trustedIn } from './build/make-aggregator.js';
import { makeAttack } from './build/make-attack.js';
import { makeLinks } from './build/make-links.js';
import { makeMethod } from './build/make-method.js';
import { variablesOfAll } from './build/make-delays.js';
import { limitLinks } from './build/make-network.js';
import { makeObjective } from './build/make-objective.js';
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
  const { objective, place } = await makeObjective(scenario, data);
  const scope = { variables: variablesOfAll(all, speeds), directory: surroundings.directory };
  const links = await limitLinks(scenario, delays, objective, scope);
  const transport = await makeTransport(scenario, protocol, objective, all, scope, surroundings);
  const method = await makeMethod(scenario, objective, random);
  const shares = await makeShares(scenario, data, random);
  const script = await makeScript(scenario, all);
  const turning = new Set(script.flatMap((each) => (each.kind === 'turn' ? each.workers : [])));
  const { policy, clean } = await makePolicy(scenario, servingOf(protocol, all.length), data, random);
  const workers = all.map(({ byzantine }, i): WorkerPlan => ({
    byzantine,
    turns: switching !== undefined || turning.has(i),
    speed: speeds[i]!,
    share: shares[i]!,
    link: links[i]!,
  }));
  fitting(['protocol'], () => protocol.check(workers));
  const attack = await makeAttack(scenario, { objective, method, workers, random });
  const kernels = surroundings.kernels ?? (await simd()) ?? plain;
  const { steps, time } = scenario.stop;
  const every = parseEvery(scenario.measure!.every!)!;
  const plan: Plan = {
    random,
    workers,
    objective,
    place,
    kernels,
    gradients: surroundings.threads?.gradients({ model: scenario.learn.model, batch: scenario.learn.batch, data }),
    method,
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
