import { z } from 'zod';
import { networkRules } from '../carriers/index.js';
import { compressors } from '../compressors/index.js';
import { durationOption } from '../registry/duration.js';
import { formulaOption } from '../registry/formula.js';
import { entryWorkers } from './availability-choice.js';
import { choice } from './choice.js';
import { keyedChoice } from './keyed-choice.js';
import { keys } from './keys.js';
import { delayVariables } from './variables.js';

const delay = (description: string) =>
  z
    .union([z.number(), z.string()])
    .describe(
      `${description}: a time (20ms), a formula or a distribution of ${delayVariables.join(', ')}, such as exponential(1 / speed); plain numbers are virtual seconds`,
    );

const bandwidth = keys('network.bandwidth', {
  up: formulaOption(delayVariables, 'from worker to server, in bytes per virtual second, > 0').optional(),
  down: formulaOption(delayVariables, 'from server to worker, in bytes per virtual second, > 0').optional(),
});

const link = keys('network.link', {
  capacity: z.number().positive().optional().describe('bytes per virtual second, > 0; this or service'),
  service: delay('how long one model or message occupies the link, in place of a capacity').optional(),
  phase: z
    .enum(['download', 'upload', 'both'])
    .default('both')
    .describe('what goes through it: models, messages, or both'),
  duplex: z
    .enum(['full', 'half'])
    .default('full')
    .describe('full: models and messages have a queue each; half: they share one'),
}).refine(
  ({ capacity, service }) => (capacity === undefined) !== (service === undefined),
  'needs either capacity or service, such as { capacity: 1e6 }',
);

const rules = (what: string) =>
  z
    .array(keyedChoice('network rule', networkRules, `what becomes of ${what}`))
    .max(1000)
    .optional();

/** What is between servers. */
export const between = keys('network.between', {
  delay: delay('time from server to server').default('0ms'),
  bandwidth: z
    .number()
    .positive()
    .optional()
    .describe(
      'of each server’s line to the others, each way, in bytes per virtual second, > 0; without limit unless given',
    ),
  loss: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('the share of what servers send each other that is lost, in [0, 1]'),
  rules: rules('what servers send each other').describe(
    'rules for what one server sends another: ids are those of servers, what leaves is an upload of the server that sends it',
  ),
});

const retry = keys('network.retry', {
  timeout: durationOption('how long a sender waits before it takes what it sent for lost'),
  attempts: z.int().min(1).max(100).default(3).describe('how often the same is sent at most, 1 to 100'),
  backoff: z.number().min(1).max(1e6).default(2).describe('what the wait is multiplied with after each loss, >= 1'),
});

/** Bytes of a fragment at most: what a datagram of AggregaThor holds. */
const LARGEST_FRAGMENT = 65_000;

const datagrams = keys('network.datagrams', {
  workers: entryWorkers
    .optional()
    .describe('whose messages go by datagrams: workers’ ids, honest or byzantine (at first); all unless given'),
  loss: z.number().min(0).max(1).describe('the share of fragments that is lost, each by chance, in [0, 1]'),
  fragment: z
    .int()
    .min(1)
    .max(LARGEST_FRAGMENT)
    .default(LARGEST_FRAGMENT)
    .describe('bytes of a fragment at most, 1 to 65000'),
  holes: z
    .enum(['nan', 'previous', 'random', 'drop'])
    .default('nan')
    .describe(
      'what stands for lost numbers: nan; previous, the same numbers of the worker’s message before; random, standard normal draws; or drop, the whole message is dropped',
    ),
  timeout: durationOption('how long the server waits for fragments that don’t come').default('10ms'),
});

/** What is wrong with a network in which computing takes no time. */
export const missingCompute = 'is missing; say how long computing a message takes, such as exponential(1 / speed)';

/** The key `network` of a scenario. */
export const network = keys('network', {
  compute: delay('time to compute a message; needed but where arrivals are sampled').optional(),
  upload: delay('time from worker to server').default('0ms'),
  download: delay('time from server to worker').default('0ms'),
  messageBytes: z
    .number()
    .min(0)
    .max(1e15)
    .optional()
    .describe(
      'bytes of a model and of an uncompressed message; the parameters times the bytes of a number unless given',
    ),
  compression: choice('compressor', compressors, 'how messages are compressed; models are sent as they are').optional(),
  bandwidth: bandwidth.optional().describe('of each worker; without limit unless given'),
  link: link.optional().describe('the server’s link, shared by all: one at a time, first come, first served'),
  jitter: delay('how much longer each model and each message takes').optional(),
  loss: z.number().min(0).max(1).optional().describe('the share of models and messages that is lost, in [0, 1]'),
  datagrams: datagrams
    .optional()
    .describe('messages that are cut into fragments, each of which may be lost; all come whole unless given'),
  retry: retry
    .optional()
    .describe('what is lost is sent again, and a worker whose round is lost asks anew; neither unless given'),
  rules: rules('models and messages').describe(
    'rules that are asked in order when a model or a message leaves; the first that loses it has the last word',
  ),
  between: between.optional().describe('between servers, where there are several'),
  copies: z
    .enum(['drop', 'count'])
    .optional()
    .describe(
      'what the server does with a message that arrives twice: drop it (default), or count it once more, where there is no policy',
    ),
}).superRefine(({ compute, compression }, context) => {
  // Arrivals that are sampled take a compression and no time.
  if (compute !== undefined || compression !== undefined) return;
  context.addIssue({ code: 'custom', path: ['compute'], message: missingCompute });
});
