import type { Run } from '../../src/scenario/build.js';
import { buildRun } from '../../src/scenario/build.js';
import { InputError } from '../../src/scenario/input-error.js';
import { Misfit } from '../../src/scenario/misfit.js';
import { parseOverride } from '../../src/scenario/overrides.js';
import { resolveScenario, resolveSource } from '../../src/scenario/resolve.js';
import type { Scenario } from '../../src/scenario/schema.js';
import { objectSource } from '../../src/scenario/source.js';

/** A scenario without data that runs in milliseconds. */
export const small = {
  name: 'small',
  learn: { model: { kind: 'quadratic', dimension: 3, noise: 1 } },
  workers: { count: 5, byzantine: 2, speed: 'id' },
  network: { compute: 'exponential(1 / speed)' },
  method: { kind: 'sgd', lr: 0.1 },
  aggregator: 'cwmed',
  attack: 'little',
  stop: { steps: 50 },
} as const;

/** `small` with overrides, as the command line applies them. */
export const smallWith = (...texts: readonly string[]): Scenario =>
  resolveSource(objectSource(small, 'small.ts'), texts.map(parseOverride))[0]!.scenario;

/** `small` with other values for some of its keys. */
export const smallBut = (changes: Readonly<Record<string, unknown>>): Scenario =>
  resolveScenario({ ...small, ...changes });

export const build = (scenario: Scenario): Promise<Run> => buildRun(scenario, { directory: '/nowhere' });

/** The sentence with which something is refused; undefined when it is not. Errors of any other kind are the program's. */
export const refusal = async (work: () => unknown): Promise<string | undefined> => {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof InputError || error instanceof Misfit || error instanceof RangeError) return error.message;
    throw error;
  }
};
