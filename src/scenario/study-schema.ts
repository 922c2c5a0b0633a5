import { z } from 'zod';
import { keys } from './keys.js';

/** What stands for everything that a registry knows, as a value of an axis. */
export const ALL = 'all';

/** Values of one axis: a list, or a mapping that gives each a label of its own. */
const axis = z.union(
  [z.literal(ALL), z.array(z.unknown()).min(1).max(1e5), z.record(z.string().min(1).max(60), z.unknown())],
  { error: `an axis is a list of values, a mapping of labels to values, or ${ALL}` },
);

/** The `study` of a scenario. */
export const studySchema = keys('study', {
  grid: z
    .record(z.string(), axis)
    .refine((axes) => Object.keys(axes).length > 0, 'the grid has no axis')
    .describe(
      'axes: keys of the scenario such as attack or workers.count, each with its values; every combination is run',
    ),
  replications: z
    .int()
    .min(1)
    .max(1e6)
    .optional()
    .describe(
      'runs of each combination, with the seeds seed, seed + 1, …: the same ones in each; the scenario’s own replications unless given',
    ),
});

export type Study = z.output<typeof studySchema>;
