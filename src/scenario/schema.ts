import { z } from 'zod';
import { attacks } from '../attacks/index.js';
import { timings } from '../attacks/timing/index.js';
import { datasets, partitions } from '../learning/data/index.js';
import { models } from '../learning/index.js';
import { methods } from '../methods/index.js';
import { availabilities } from '../network/index.js';
import { policies } from '../policies/index.js';
import { protocols } from '../protocols/index.js';
import { durationOption, parseDuration } from '../registry/duration.js';
import { everyOption, measuredOption, parseEvery } from '../registry/every.js';
import { formulaOption } from '../registry/formula.js';
import { idsOf, workersOption } from '../registry/workers.js';
import { switchings } from '../switching/index.js';
import { aggregators, operators } from '../weighted/index.js';
import { availabilityChoice } from './availability-choice.js';
import { choice, choiceOptions, ruleChoice } from './choice.js';
import { defaultKinds } from './default-kinds.js';
import { keys } from './keys.js';
import { network } from './network-schema.js';
import { crosswise, figureSchema } from './figure-schema.js';
import { scriptSchema } from './script.js';
import { servers } from './servers-schema.js';
import { studySchema } from './study-schema.js';
import { delayVariables, speedVariables, weightVariables } from './variables.js';

export { crosswise, delayVariables, speedVariables, weightVariables };

const count = (description: string) => z.int().min(1).max(1e9).describe(description);

const learn = keys('learn', {
  data: choice('data set', datasets, 'the data set, where the model needs one').optional(),
  model: choice('model', models, 'the model, or objective'),
  batch: count('examples in a minibatch').default(16),
  partition: choice('partition', partitions, 'how training rows are dealt to workers').prefault(
    defaultKinds['learn.partition'],
  ),
});

const workers = keys('workers', {
  count: z.int().min(1).max(1e6).describe('number of workers'),
  byzantine: z
    .union([
      z.int().min(0),
      workersOption('the workers that are Byzantine', 0),
      choiceOptions('way of turning', switchings, 'who turns Byzantine, and when'),
    ])
    .default(0)
    .describe(
      'how many workers are Byzantine (the last ones), or their ids, counted from 1, or who turns so, and when',
    ),
  speed: formulaOption(
    speedVariables,
    'computations per virtual second, > 0; relative where arrivals are sampled',
  ).default(1),
  availability: availabilityChoice(
    availabilities,
    'when workers are there: one for all, or a list of those for some, each with its workers (ids, honest or byzantine); all the time unless given',
  ).optional(),
}).superRefine(({ count: total, byzantine }, context) => {
  const complain = (message: string): void => {
    context.addIssue({ code: 'custom', path: ['byzantine'], message });
  };
  // Only the part itself knows who is Byzantine by it at first.
  if (typeof byzantine === 'object' && 'kind' in byzantine) return;
  // What is no id is told already.
  if (context.issues.length > 0) return;
  const ids = typeof byzantine === 'number' ? [] : idsOf(byzantine);
  const liars = typeof byzantine === 'number' ? byzantine : ids.length;
  if (liars >= total) complain(`${liars} Byzantine workers of ${total} found; at least one worker must be honest`);
  const stranger = ids.find((id) => id > total);
  if (stranger !== undefined) complain(`worker ${stranger} found; ids are 1 to ${total}`);
  if (new Set(ids).size < ids.length) complain('an id is named twice');
});

const stop = keys('stop', {
  steps: count('server steps').optional(),
  time: durationOption('virtual time').optional(),
  gradients: z
    .int()
    .min(1)
    .max(1e12)
    .describe('minibatch gradients of all workers: ends at the first server step by which so many were asked for')
    .optional(),
}).refine(
  ({ steps, time, gradients }) => steps !== undefined || time !== undefined || gradients !== undefined,
  'needs steps, time, gradients or several of them, such as { steps: 1000 }',
);

const measure = keys('measure', {
  every: measuredOption('between two measurements; a 25th of the run unless given').optional(),
  warmup: everyOption('before statistics of staleness and of the workers’ time begin').optional(),
  against: z
    .union([
      z.enum(crosswise),
      z
        .array(z.enum(crosswise))
        .min(1)
        .refine((all) => new Set(all).size === all.length, 'the same is named twice'),
    ])
    .optional()
    .describe('what the figure’s curves are drawn against, a panel each: steps and time unless given'),
  optimum: z
    .boolean()
    .optional()
    .describe(
      'whether the training loss of the workers honest at first is scored by how far it is above its least value, suboptimality, and by the norm of its gradient, gradientNorm; the least value is found before the run; for quadratic, linear, logistic and softmax',
    ),
  theory: keys('measure.theory', {
    delta: z.number().min(0).lt(0.5).describe('δ, the Byzantine share of a sample that the rule withstands'),
    c: z.number().nonnegative().optional().describe('c of the rule, which is (δ, c)-robust; a substitute unless given'),
  })
    .optional()
    .describe('what theory is told of the rule, where theorems of the method are evaluated'),
  overhead: keys('measure.overhead', {
    against: z.string().describe('the baseline: the name of one of the runs of `compare`, or of the main run'),
    reach: z
      .number()
      .optional()
      .describe(
        'value of the metric that counts as converged; unless given 95 % of the baseline’s best, or, where less is better, of its way from the first model’s value to its best',
      ),
  })
    .optional()
    .describe('tells what each run’s steps take, and how much more than a baseline’s, in a table of its own'),
  timeline: durationOption('draws timeline.svg, what each worker does in the run’s first').optional(),
});

const shape = {
  name: z
    .string()
    .regex(/^[\w][\w.-]*$/, 'a name of letters, digits, "-", "_" and "." is needed')
    .max(100)
    .describe('names the run’s folder'),
  label: z
    .string()
    .min(1)
    .max(60)
    .optional()
    .describe('names the main run in tables and figures, beside the runs of `compare`; else its name'),
  description: z.string().optional().describe('what the scenario shows'),
  seed: z.int().min(0).default(1).describe('all random draws follow from it'),
  learn: learn.describe('what is learnt, and from which data'),
  workers: workers.describe('who takes part, and how fast'),
  servers: servers
    .nullable()
    .optional()
    .describe('the servers, where the protocol has several; null: none, as where they are left out'),
  network: network.optional().describe('how long computing and travelling take, for timed protocols'),
  protocol: choice('protocol', protocols, 'who computes and who waits for whom').prefault(defaultKinds.protocol),
  allowUnsafe: z
    .boolean()
    .optional()
    .describe(
      'whether the run goes ahead where preconditions of its protocol’s theorem don’t hold; its results are marked then',
    ),
  policy: choice(
    'policy',
    policies,
    'what the server does with a message before it counts: take it as it is, scale it, or reject it',
  ).optional(),
  method: choice('method', methods, 'the worker’s estimator and the server’s update'),
  aggregator: ruleChoice(aggregators, operators, 'the rule that combines the workers’ vectors'),
  weights: formulaOption(
    weightVariables,
    'weight of a vector: count (messages received from its worker), uniform (the unweighted twin), or by staleness and id; count where the aggregator sees the latest of all workers, else uniform',
  ).optional(),
  attack: choice('attack', attacks, 'what Byzantine workers send').prefault(defaultKinds.attack),
  timing: choice(
    'timing',
    timings,
    'when messages arrive that Byzantine workers, or who is in league with them, mean to arrive then',
  ).optional(),
  script: scriptSchema.optional().describe('what happens at moments of the run, whoever is at work then'),
  stop: stop.describe('when the run ends: at whichever comes first'),
  measure: measure.optional().describe('when the model is scored, and what else is measured and drawn'),
  figure: figureSchema.optional().describe('the panels of figure.svg, as they are to stand in a paper'),
  replications: z
    .int()
    .min(1)
    .max(1e6)
    .optional()
    .describe('runs of each scenario here, with the seeds seed, seed + 1, …: means with intervals; 1 unless given'),
  compare: z
    .record(
      z
        .string()
        .regex(/^[\w][\w .+-]*$/, 'a name of letters, digits, spaces, "-", "_", "+" and "." is needed')
        .max(60),
      z.record(z.string(), z.unknown()),
    )
    .superRefine((runs, context) => {
      const folders = Object.keys(runs).map((name) => name.replaceAll(' ', '-'));
      const twice = Object.keys(runs).find((_, i) => folders.indexOf(folders[i]!) < i);
      if (twice !== undefined)
        context.addIssue({ code: 'custom', path: [twice], message: 'another run has the same folder, compare/NAME' });
    })
    .optional()
    .describe('further runs with the same random draws, for the same table and figure: name, and what differs'),
  study: studySchema.optional().describe('what `tardigrade sweep` runs: a grid of scenarios, each with several seeds'),
};

/** A scenario file's keys. */
export const scenarioSchema = keys('the scenario', shape).superRefine((scenario, context) => {
  const { measure: measured, stop: end, seed, replications = 1 } = scenario;
  if (!Number.isSafeInteger(seed + replications))
    context.addIssue({ code: 'custom', path: ['seed'], message: `${seed} leaves no seeds for ${replications} runs` });
  const warmup = measured?.warmup === undefined ? undefined : parseEvery(measured.warmup);
  if (!warmup) return;
  const longest = 'steps' in warmup ? end.steps : end.time === undefined ? undefined : parseDuration(end.time);
  if (longest === undefined || ('steps' in warmup ? warmup.steps : warmup.time) < longest) return;
  context.addIssue({
    code: 'custom',
    path: ['measure', 'warmup'],
    message: `"${measured!.warmup}" is as long as the run or longer; nothing would be left to measure`,
  });
});

/** A scenario as it was checked: names resolved, defaults filled in. Plain data. */
export type Scenario = z.output<typeof scenarioSchema>;
