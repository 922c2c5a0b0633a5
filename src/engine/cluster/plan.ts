import type { ServerAttackRule } from '../../attacks/servers/index.js';
import type { Delay } from '../../network/link.js';
import type { AggregatorRule } from '../../weighted/aggregator.js';
import type { CarrierRule } from '../carrier.js';
import type { Retry } from '../retry.js';
import type { LineRate } from './lines.js';

/** One server, as a run needs to know it. */
export interface ServerPlan {
  readonly byzantine: boolean;
}

/** The servers of a run with several, or what is between workers that are each other's servers. */
export interface ServersPlan {
  /** None where workers are each other's servers. */
  readonly members: readonly ServerPlan[];
  /** Whether these serve a trusted root, the last node, which holds the model; they don't, unless given. */
  readonly root?: boolean | undefined;
  readonly attack: ServerAttackRule;
  /** The rule that combines models. */
  readonly aggregator: AggregatorRule;
  /** How long what one server sends another is under way. */
  readonly between: Delay;
  /** Every server's line. */
  readonly line: LineRate;
  /** What is in the way between each server and the workers, and between servers; nothing, unless given. */
  readonly carriers?: readonly CarrierRule[] | undefined;
  readonly carriersBetween?: readonly CarrierRule[] | undefined;
  /** What is lost is sent again after these waits; never, unless given. */
  readonly retry?: Retry | undefined;
}

/** How many nodes there are beside workers. */
export const serverNodes = ({ members, root = false }: Pick<ServersPlan, 'members' | 'root'>): number =>
  members.length + Number(root);
