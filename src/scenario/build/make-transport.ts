import { timings, type Timing, type TimingRule } from '../../attacks/timing/index.js';
import { attendance } from '../../engine/attendance.js';
import { influenced, type InfluenceRule } from '../../engine/influence.js';
import { timed } from '../../engine/timed.js';
import { journeys } from '../../engine/carried.js';
import type { Plan } from '../../engine/plan.js';
import type { Protocol } from '../../engine/protocol.js';
import type { Objective } from '../../learning/objective.js';
import { clipped } from '../../registry/found.js';
import { setOf } from '../../registry/workers.js';
import { fitting, Misfit } from '../misfit.js';
import type { Scenario } from '../schema.js';
import type { Surroundings } from '../surroundings.js';
import { makeAvailabilities } from './make-availability.js';
import { fragmentWait, makeDatagrams } from './make-datagrams.js';
import type { Scope } from './make-delays.js';
import { makeWay } from './make-network.js';
import { makePart } from './make-part.js';
import type { Member } from './members.js';

/** Whether a worker, from 0, may turn Byzantine or honest during the run. */
type Turning = (worker: number) => boolean;

const requireClock = (timedProtocol: boolean, path: readonly string[]): void => {
  if (!timedProtocol)
    throw new Misfit(
      path,
      `this protocol has no clock ("arrivals: sampled"), so it has no meaning here; leave "${path.at(-1)!}" out`,
    );
};

/** Refuses workers named for what can only be done to honest ones, if they are Byzantine from the first message to the last. */
const requireHonest = ({ honest: named }: Timing, all: readonly Member[], turning: Turning): void => {
  const liar = named?.workers.find((worker) => all[worker]!.byzantine && !turning(worker));
  if (liar === undefined) return;
  const honest = all.flatMap(({ byzantine }, i) => (byzantine && !turning(i) ? [] : [i + 1]));
  throw new Misfit(
    ['timing', named!.option],
    `worker ${liar + 1} is Byzantine, and an honest one is needed: ${clipped(setOf(honest).join(', '))}`,
  );
};

/** What acts on rounds, in the order in which it is asked. */
const makeInfluences = async (
  scenario: Scenario,
  timedProtocol: boolean,
  all: readonly Member[],
  turning: Turning,
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
    const tried = fitting(['timing'], () => rule({ speeds, byzantine: (worker) => all[worker]!.byzantine }));
    requireHonest(tried, all, turning);
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
  turning: Turning,
  scope: Scope,
  surroundings: Surroundings,
): Promise<Pick<Plan, 'transport' | 'datagrams' | 'copies' | 'changesUntil'>> => {
  const { retry, ...way } = await makeWay(scenario, protocol, objective, scope);
  const datagrams = makeDatagrams(scenario, objective, all);
  const carriers = [...way.carriers, ...fragmentWait(scenario)];
  const told = { datagrams, copies: way.copies, changesUntil: way.changesUntil };
  const influences = await makeInfluences(scenario, protocol.timed, all, turning, scope, surroundings);
  if (influences.length > 0) return { transport: influenced(influences, carriers, retry), ...told };
  return carriers.length === 0 ? {} : { transport: journeys(carriers, retry), ...told };
};
