import { timings, type TimingRule } from '../../attacks/timing/index.js';
import { attendance } from '../../engine/attendance.js';
import { influenced, type InfluenceRule } from '../../engine/influence.js';
import { timed } from '../../engine/timed.js';
import { journeys } from '../../engine/journeys.js';
import type { Plan } from '../../engine/plan.js';
import type { Protocol } from '../../engine/protocol.js';
import type { Objective } from '../../learning/objective.js';
import { fitting, Misfit } from '../misfit.js';
import type { Scenario } from '../schema.js';
import type { Surroundings } from '../surroundings.js';
import { makeAvailabilities } from './make-availability.js';
import type { Scope } from './make-delays.js';
import { makeWay } from './make-network.js';
import { makePart } from './make-part.js';
import type { Member } from './members.js';

const requireClock = (timedProtocol: boolean, path: readonly string[]): void => {
  if (!timedProtocol)
    throw new Misfit(
      path,
      `this protocol has no clock ("arrivals: sampled"), so it has no meaning here; leave "${path.at(-1)!}" out`,
    );
};

/** What acts on rounds, in the order in which it is asked. */
const makeInfluences = async (
  scenario: Scenario,
  timedProtocol: boolean,
  all: readonly Member[],
  scope: Scope,
  surroundings: Surroundings,
): Promise<readonly InfluenceRule[]> => {
  const influences: InfluenceRule[] = [];
  if (scenario.workers.availability !== undefined) {
    requireClock(timedProtocol, ['workers', 'availability']);
    influences.push(attendance(await makeAvailabilities(scenario, all, scope, surroundings)));
  }
  if (scenario.timing !== undefined && scenario.timing.kind !== 'none') {
    requireClock(timedProtocol, ['timing']);
    const speeds = scope.variables.map(({ speed }) => speed);
    const rule = await makePart<TimingRule>(timings, scenario.timing, ['timing']);
    // Tried once, so that a worker that there isn't is told before the run.
    fitting(['timing'], () => rule({ speeds, byzantine: (worker) => all[worker]!.byzantine }));
    influences.push(timed(rule, speeds));
  }
  return influences;
};

/** How rounds are carried: nothing is said where they need no phases. */
export const makeTransport = async (
  scenario: Scenario,
  protocol: Protocol,
  objective: Objective,
  all: readonly Member[],
  scope: Scope,
  surroundings: Surroundings,
): Promise<Pick<Plan, 'transport' | 'copies' | 'changesUntil'>> => {
  const { carriers, retry, copies, changesUntil } = await makeWay(scenario, protocol, objective, scope);
  const influences = await makeInfluences(scenario, protocol.timed, all, scope, surroundings);
  if (influences.length > 0) return { transport: influenced(influences, carriers, retry), copies, changesUntil };
  return carriers.length === 0 ? {} : { transport: journeys(carriers, retry), copies, changesUntil };
};
