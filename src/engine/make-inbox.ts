import type { Gathers } from './gathered.js';
import type { Inbox, InboxShape } from './inbox.js';
import { KeepingInbox } from './keeping-inbox.js';
import { PassingInbox } from './passing-inbox.js';
import type { Plan } from './plan.js';

/** Whether anything reads a worker's latest vector after the server has served it. */
const isRead = ({ attack, copies, trusted }: Plan, gathers: Gathers | undefined): boolean =>
  gathers === undefined ||
  gathers.copies < gathers.rows ||
  copies === 'count' ||
  trusted !== undefined ||
  (attack.kind === 'vector' && attack.knowledge !== 'own');

/** The inbox of a run with `mostHonest` workers that can be honest at a time; `watched` where somebody beside the run looks at vectors. */
export const makeInbox = (
  plan: Plan,
  gathers: Gathers | undefined,
  watched: boolean,
  shape: InboxShape,
  mostHonest: number,
): Inbox =>
  watched || isRead(plan, gathers) ? new KeepingInbox(shape, mostHonest, plan.trusted) : new PassingInbox(shape);
