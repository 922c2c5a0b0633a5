import { z } from 'zod';
import { delayOption, toDelays, type DelayOption } from '../network/index.js';
import { definePart } from '../registry/part.js';
import { workersOption } from '../registry/workers.js';
import type { NetworkRule } from './network-rule.js';
import { scopeOf, shareOption, windowParameters, type ScopeOptions } from './scope.js';
import { spanOf, startDelays } from './span.js';
import { workerStreams } from './streams.js';

export interface DuplicateOptions extends Omit<ScopeOptions, 'phase'> {
  /** The share of messages that arrive twice, each by chance, in [0, 1]. */
  readonly duplicate: number;
  /** How long after a message its copy arrives. */
  readonly after: DelayOption;
}

/**
 * Lets a share of messages arrive twice. A copy of a model would mean nothing: a worker that has it ignores it.
 * @throws RangeError when its window is empty.
 */
export const duplicate = ({ duplicate: share, after, ...options }: DuplicateOptions): NetworkRule => {
  const scope = scopeOf({ ...options, phase: 'upload' });
  const delays = toDelays(after, 'after');
  return {
    check: scope.check,
    carrier: ({ clock, random, workers }, name) => {
      const chance = workerStreams(random, name, workers);
      const stream = workerStreams(random, `${name}/after`, workers);
      const started = startDelays(delays, stream);
      return {
        verdict: (worker, phase) =>
          scope.has(worker, phase, clock.now()) && chance(worker).next() < share
            ? { copy: spanOf(started(worker), stream(worker), clock.now()) }
            : null,
      };
    },
  };
};

export const duplicatePart = definePart({
  summary: 'Lets a share of messages arrive twice; see network.copies for what the server does then.',
  source: 'Independent (Bernoulli) choice of what is duplicated',
  parameters: z.strictObject({
    duplicate: shareOption('the share of messages that arrive twice, each by chance'),
    after: delayOption('how long after the message its copy arrives'),
    workers: workersOption('the workers that it is about; all unless given').optional(),
    ...windowParameters,
  }),
  create: duplicate,
});
