import { z } from 'zod';
import type { Crew, Protocol } from '../engine/protocol.js';
import { durationOption } from '../registry/duration.js';
import { definePart } from '../registry/part.js';
import { synchronous } from './synchronous.js';

export interface AggregathorOptions {
  /** Byzantine workers to withstand; as many as there are, unless given. */
  readonly f?: number | undefined;
  /** How long the server waits in a round, as a duration; with the messages that are there by then it steps. No end, unless given. */
  readonly deadline?: number | string | undefined;
}

/** A rule that its theorems are about: it needs times·f + 3 workers. */
interface Need {
  readonly times: number;
  readonly resilience: string;
  /** The definitions that go by its name and are meant: the published one, and AggregaThor's own. */
  readonly variants: readonly string[];
}

const needs: Readonly<Record<string, Need>> = {
  'multi-krum': { times: 2, resilience: 'weak', variants: ['published'] },
  bulyan: { times: 4, resilience: 'strong', variants: ['published', 'aggregathor'] },
};

/** What is wrong with the rule, which is told by its name and options, for f of so many workers. */
const wrongRule = ({ kind, f: told, variant }: Crew['rule'], f: number, workers: number): readonly string[] => {
  const need = needs[kind];
  if (!need)
    return [
      `AggregaThor’s theorems are about the rules multi-krum (weak resilience) and bulyan (strong), found ${kind}`,
    ];
  const { times, resilience, variants } = need;
  const least = times * f + 3;
  const wrong: string[] = [];
  if (typeof variant === 'string' && !variants.includes(variant))
    wrong.push(`AggregaThor’s theorems are about ${kind} as published, found its variant ${variant}`);
  if (typeof told !== 'number') wrong.push(`${kind} must be told f, the number of workers to withstand`);
  else if (told < f) wrong.push(`${kind} must withstand the protocol’s f = ${f} or more, found f = ${told}`);
  if (workers < least)
    wrong.push(
      `${resilience} resilience by ${kind} needs n >= ${times}f + 3 = ${least} workers for f = ${f}, found ${workers}`,
    );
  return wrong;
};

/** What is wrong with the workers: one whose messages may arrive with holes counts as Byzantine. */
const wrongWorkers = ({ workers, lossy = 0 }: Crew, f: number): readonly string[] => {
  const liars = workers.filter(({ byzantine }) => byzantine).length;
  return liars + lossy <= f
    ? []
    : [
        `AggregaThor withstands f = ${f} workers that lie or whose links lose fragments, found ${liars} that lie and ${lossy} honest ones with lossy links`,
      ];
};

/**
 * AggregaThor's server: rounds in which all workers take part, aggregated with Multi-Krum (n >= 2f + 3) or Bulyan (n >= 4f + 3).
 * A worker whose messages go by datagrams that may be lost counts as Byzantine, as the published code says. Damaskinos et al.,
 * MLSys 2019. @throws RangeError when the deadline is no duration, or when all workers are Byzantine.
 */
export const aggregathor = ({ f, deadline }: AggregathorOptions = {}): Protocol => ({
  ...synchronous({ deadline }),
  outside: (crew) => {
    const withstood = f ?? crew.workers.filter(({ byzantine }) => byzantine).length;
    return [...wrongRule(crew.rule, withstood, crew.workers.length), ...wrongWorkers(crew, withstood)];
  },
});

export const aggregathorPart = definePart({
  summary: 'Rounds of all workers, of whom f may lie or have links that lose fragments, by Multi-Krum or Bulyan.',
  source: 'Damaskinos et al., "AggregaThor: Byzantine Machine Learning via Robust Gradient Aggregation", MLSys 2019',
  precondition:
    'multi-krum with n >= 2f + 3 (weak resilience) or bulyan with n >= 4f + 3 (strong); at most f workers lie or have lossy links',
  gathers: true,
  parameters: z.strictObject({
    f: z
      .int()
      .min(0)
      .max(1e6)
      .optional()
      .describe('workers to withstand that lie or have lossy links; as many as are Byzantine at first unless given'),
    deadline: durationOption('how long the server waits in a round before it steps with what is there').optional(),
  }),
  create: aggregathor,
});
