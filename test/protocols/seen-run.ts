import type { SimulationEvent } from '../../src/engine/index.js';
import { simulate, type Plan } from '../../src/engine/index.js';
import { buildRun } from '../../src/scenario/build.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { traceHash } from '../../src/report/trace-hash.js';

/** What a run told, to its end or to the error that ended it. */
export interface SeenRun {
  readonly events: readonly SimulationEvent[];
  readonly error: Error | undefined;
  readonly hash: string;
}

type Kind = SimulationEvent['kind'];

/** The events of one kind. */
export const told = <K extends Kind>({ events }: SeenRun, kind: K): readonly Extract<SimulationEvent, { kind: K }>[] =>
  events.filter((event): event is Extract<SimulationEvent, { kind: K }> => event.kind === kind);

/** Runs a scenario, whose plan `change` may alter. */
export const seenRun = async (
  scenario: Readonly<Record<string, unknown>>,
  change: (plan: Plan) => Plan = (plan) => plan,
): Promise<SeenRun> => {
  const { plan, protocol } = await buildRun(resolveScenario(scenario), { directory: '/nowhere' });
  const events: SimulationEvent[] = [];
  const hash = traceHash();
  let error: Error | undefined;
  simulate(change(plan), protocol).subscribe({
    next: (event) => {
      events.push(event);
      hash.update(event);
    },
    error: (thrown: Error) => (error = thrown),
  });
  return { events, error, hash: hash.result() };
};

/** The last score of a run. */
export const lastScore = (run: SeenRun, name: string): number => told(run, 'evaluated').at(-1)!.scores[name]!;
