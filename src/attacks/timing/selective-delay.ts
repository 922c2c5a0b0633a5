import { z } from 'zod';
import { durationOption, parseDuration } from '../../registry/duration.js';
import { definePart } from '../../registry/part.js';
import { idsOf, workersOption, type WorkerSet } from '../../registry/workers.js';
import { bySpeed, workerOf, type TimingRule } from './timing.js';

export interface SelectiveDelayOptions {
  /** The most by which a message may be delayed, and by how much it is. */
  readonly bound: number | string;
  readonly workers: 'fastest' | 'slowest' | 'all' | WorkerSet;
  /** How many of the fastest or slowest, >= 1. */
  readonly count: number;
}

/** The adversary delays each message of chosen honest workers by as much as it may; its own aren't. */
export const selectiveDelay = ({ bound, workers, count }: SelectiveDelayOptions): TimingRule => {
  const span = parseDuration(bound);
  if (span === undefined) throw new RangeError(`bound: "${bound}" is no duration > 0, such as 90s or 250ms`);
  return (crew) => {
    const ranked = bySpeed(crew);
    const chosen = new Uint8Array(crew.speeds.length);
    const named = {
      fastest: () => ranked.slice(0, count),
      slowest: () => ranked.slice(-count),
      all: () => Array.from(crew.speeds.keys()),
    };
    const delayed = typeof workers === 'string' ? named[workers]() : idsOf(workers).map((id) => workerOf(id, crew));
    for (const worker of delayed) chosen[worker] = 1;
    return {
      hold: (worker) => (chosen[worker] === 1 && !crew.byzantine(worker) ? span : 0),
      ...(typeof workers === 'string' ? {} : { honest: { option: 'workers', workers: delayed } }),
    };
  };
};

export const selectiveDelayPart = definePart({
  summary: 'The adversary delays the messages of honest workers that it chooses, up to a bound.',
  source: 'Adversarial scheduling of messages with bounded delay: Dwork, Lynch & Stockmeyer, J. ACM 35 (1988)',
  aliases: ['delay-honest'],
  parameters: z.strictObject({
    bound: durationOption('by how much each of these messages is delayed'),
    workers: z
      .union([z.enum(['fastest', 'slowest', 'all']), workersOption('the honest workers')])
      .default('fastest')
      .describe('which honest workers: fastest, slowest, all, or a list of ids'),
    count: z.int().min(1).max(1e6).default(1).describe('how many of the fastest or slowest'),
  }),
  create: selectiveDelay,
});
