import { clipped } from '../../registry/found.js';
import { parseEvery } from '../../registry/every.js';
import { Misfit, type Path } from '../misfit.js';
import type { Scenario } from '../schema.js';

const why = 'this protocol has no clock ("arrivals: sampled")';

/** The keys that may be steps or virtual time, with what they are. */
const spansOf = ({ measure, script = [], workers: { byzantine } }: Scenario): readonly (readonly [Path, unknown])[] => [
  [['measure', 'every'], measure?.every],
  [['measure', 'warmup'], measure?.warmup],
  // A partition needs a time, and is refused for itself.
  ...script.flatMap((entry, i) => ('partition' in entry ? [] : [[['script', i, 'at'], entry.at] as const])),
  ...(typeof byzantine === 'object' && 'kind' in byzantine
    ? (['every', 'duration'] as const).map((key) => [['workers', 'byzantine', key], byzantine[key]] as const)
    : []),
];

const isTime = (value: unknown): value is string => {
  const every = typeof value === 'string' ? parseEvery(value) : undefined;
  return every !== undefined && 'time' in every;
};

/** Refuses curves against passes over data where there are none. */
export const requireData = ({ measure, learn }: Scenario): void => {
  const { against = [] } = measure ?? {};
  if (learn.data === undefined && (against === 'passes' || against.includes('passes')))
    throw new Misfit(
      ['measure', 'against'],
      `the model ${learn.model.kind} learns from no data, so nothing can be drawn against passes over them; gradients may do`,
    );
};

/**
 * Refuses what has no meaning in a run without a clock. Inside, each arrival takes a virtual millisecond, so that a time would
 * silently count arrivals.
 */
export const requireClock = (scenario: Scenario, timed: boolean): void => {
  if (timed) return;
  const { measure, stop } = scenario;
  if (stop.time !== undefined)
    throw new Misfit(['stop', 'time'], `found ${clipped(String(stop.time))}; ${why}, so say stop.steps in its place`);
  const { against = [], timeline } = measure ?? {};
  if (timeline !== undefined) throw new Misfit(['measure', 'timeline'], `${why}, so there is no timeline to draw`);
  if (against === 'time' || against.includes('time'))
    throw new Misfit(['measure', 'against'], `${why}, so nothing can be drawn against time`);
  for (const [path, value] of spansOf(scenario))
    if (isTime(value))
      throw new Misfit(path, `found ${clipped(value)}; ${why}, so say it in steps, such as "100 steps"`);
};
