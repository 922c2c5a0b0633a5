import { idsOf, type WorkerSet } from '../../registry/workers.js';
import type { Switching } from '../../switching/switching.js';
import { Misfit, type Path } from '../misfit.js';
import type { Scenario, speedVariables } from '../schema.js';

/** A worker, before it has a speed. */
export interface Member {
  /** Whether it is Byzantine at first. */
  readonly byzantine: boolean;
  readonly variables: Readonly<Record<(typeof speedVariables)[number], number>>;
}

/** Ids of those that are Byzantine at first. */
const firstByzantine = ({ workers: { count, byzantine } }: Scenario, switching: Switching | undefined) => {
  if (switching) return switching.first(count).map((worker) => worker + 1);
  return typeof byzantine === 'number'
    ? Array.from({ length: byzantine }, (_, i) => count - i)
    : idsOf(byzantine as WorkerSet);
};

/** Who is Byzantine at first, and each worker's 1-based id within its group. */
export const members = (scenario: Scenario, switching: Switching | undefined): readonly Member[] => {
  const { count } = scenario.workers;
  const liars = new Set(firstByzantine(scenario, switching));
  const seen = { true: 0, false: 0 };
  return Array.from({ length: count }, (_, i) => {
    const byzantine = liars.has(i + 1);
    const id = (seen[`${byzantine}`] += 1);
    const group = byzantine ? liars.size : count - liars.size;
    return { byzantine, variables: { id, group, byzantine: Number(byzantine) } };
  });
};

/** Some workers, as a scenario names them: by ids, or as one of the two groups; undefined: all. */
export type Chosen = 'honest' | 'byzantine' | WorkerSet | undefined;

/** The workers, from 0, that are chosen. @throws Misfit at `path` when there is no such worker. */
export const chosenWorkers = (chosen: Chosen, all: readonly Member[], path: Path): readonly number[] => {
  const everybody = Array.from(all.keys());
  if (chosen === undefined) return everybody;
  if (typeof chosen === 'string') return everybody.filter((i) => all[i]!.byzantine === (chosen === 'byzantine'));
  const ids = idsOf(chosen);
  const stranger = ids.find((id) => id > all.length);
  if (stranger !== undefined) throw new Misfit(path, `worker ${stranger} found; ids are 1 to ${all.length}`);
  return ids.map((id) => id - 1);
};
