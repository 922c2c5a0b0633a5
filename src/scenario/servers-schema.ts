import { z } from 'zod';
import { serverAttacks } from '../attacks/servers/index.js';
import { idsOf, workersOption } from '../registry/workers.js';
import { aggregators, operators } from '../weighted/index.js';
import { choice, ruleChoice } from './choice.js';
import { defaultKinds } from './default-kinds.js';
import { keys } from './keys.js';

/** The key `servers` of a scenario. */
export const servers = keys('servers', {
  count: z.int().min(1).max(1000).describe('number of servers'),
  byzantine: z
    .union([z.int().min(0), workersOption('the servers that are Byzantine', 0)])
    .default(0)
    .describe('how many servers are Byzantine (the last ones), or their numbers, counted from 1'),
  attack: choice('server attack', serverAttacks, 'what Byzantine servers send').prefault(
    defaultKinds['servers.attack']!,
  ),
  aggregator: ruleChoice(
    aggregators,
    operators,
    'the rule that combines models; the protocol’s own unless given',
  ).optional(),
}).superRefine(({ count, byzantine }, context) => {
  const complain = (message: string): void => {
    context.addIssue({ code: 'custom', path: ['byzantine'], message });
  };
  // What is no number of a server is told already.
  if (context.issues.length > 0) return;
  const ids = typeof byzantine === 'number' ? [] : idsOf(byzantine);
  const liars = typeof byzantine === 'number' ? byzantine : ids.length;
  if (liars >= count) complain(`${liars} Byzantine servers of ${count} found; at least one server must be honest`);
  const stranger = ids.find((id) => id > count);
  if (stranger !== undefined) complain(`server ${stranger} found; servers are numbered 1 to ${count}`);
  if (new Set(ids).size < ids.length) complain('a server is named twice');
});
