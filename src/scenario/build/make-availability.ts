import {
  availabilities,
  programmed,
  type Availability,
  type AvailabilityProgram,
  type AvailabilityRule,
  type AvailabilitySource,
  type During,
} from '../../network/index.js';
import type { Registered } from '../../registry/part.js';
import type { Choice } from '../choice.js';
import { fitting, Misfit, reasonOf, type Path } from '../misfit.js';
import { programOf } from '../program.js';
import type { Scenario } from '../schema.js';
import type { Surroundings } from '../surroundings.js';
import { withDelays, type Scope } from './make-delays.js';
import { makePart } from './make-part.js';
import { chosenWorkers, type Chosen, type Member } from './members.js';

/** Reads a file in the data folder, or else beside the scenario. */
const readTrace = async (file: string, { directory, beside }: Surroundings, path: Path) => {
  const { readDataFile, readDataFileIfPresent } = await import('../../learning/data/read-file.js');
  try {
    const found = await readDataFileIfPresent(directory, file);
    const near = found ?? (beside === undefined ? undefined : await readDataFileIfPresent(beside, file));
    return near ?? (await readDataFile(directory, file));
  } catch (error) {
    throw error instanceof Error ? new Misfit(path, reasonOf(error), { cause: error }) : error;
  }
};

const makeRule = async (
  choice: Choice,
  scope: Scope,
  surroundings: Surroundings,
  path: Path,
): Promise<AvailabilityRule> => {
  const program = programOf(choice);
  if (program) return programmed(program as AvailabilityProgram, (choice.during as During | undefined) ?? 'pause');
  const { workers: _, ...part } = choice;
  const kind: Registered<AvailabilitySource> = availabilities[choice.kind as keyof typeof availabilities];
  const compiled = await withDelays(kind, part, scope, path);
  const source = await makePart<AvailabilitySource>(availabilities, compiled, path);
  if (source.kind === 'rule') return source.rule;
  const { bytes, path: found } = await readTrace(source.file, surroundings, [...path, 'file']);
  try {
    return source.read(bytes, found, scope.variables.length);
  } catch (error) {
    throw error instanceof Error ? new Misfit([...path, 'file'], reasonOf(error), { cause: error }) : error;
  }
};

/** When each worker is there; undefined for those of whom nothing is said. */
export const makeAvailabilities = async (
  { workers: { availability } }: Scenario,
  all: readonly Member[],
  scope: Scope,
  surroundings: Surroundings,
): Promise<readonly (Availability | undefined)[]> => {
  const made = new Array<Availability | undefined>(all.length).fill(undefined);
  const list = Array.isArray(availability);
  const choices = (list ? availability : [availability]) as readonly Choice[];
  for (const [i, choice] of choices.entries()) {
    const path = ['workers', 'availability', ...(list ? [i] : [])];
    const rule = await makeRule(choice, scope, surroundings, path);
    for (const worker of chosenWorkers(choice.workers as Chosen, all, [...path, 'workers'])) {
      if (made[worker]) throw new Misfit([...path, 'workers'], `worker ${worker + 1} has an availability already`);
      const variables = scope.variables[worker]!;
      made[worker] = fitting(path, () => rule({ worker: worker + 1, variables }));
    }
  }
  return made;
};
