import { defer, switchMap, type Observable } from 'rxjs';
import type { SimulationEvent } from '../engine/event.js';
import { simulate } from '../engine/simulate.js';
import type { Pace } from '../scheduler/pace.js';
import { buildRun } from './build.js';
import { resolveScenario } from './resolve.js';
import type { ScenarioInput } from './scenario-input.js';
import type { Surroundings } from './surroundings.js';

/** A scenario in a `.ts` or `.js` file, with its keys checked and completed by the editor. */
export const defineScenario = (scenario: ScenarioInput): ScenarioInput => scenario;

/**
 * Checks, builds and simulates a scenario: the stream of its events. Runs anew for each subscriber.
 * Errors with a Misfit when the scenario is at fault, and as `simulate` does.
 */
export const runScenario = (
  scenario: ScenarioInput,
  surroundings: Surroundings = { directory: 'data' },
  pace?: Pace,
): Observable<SimulationEvent> =>
  defer(() => buildRunOf(scenario, surroundings)).pipe(
    switchMap(({ plan, protocol }) => simulate(plan, protocol, pace)),
  );

const buildRunOf = async (scenario: ScenarioInput, surroundings: Surroundings) =>
  buildRun(resolveScenario(scenario), surroundings);
