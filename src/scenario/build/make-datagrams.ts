import { awaitFragments } from '../../carriers/index.js';
import type { CarrierRule, DatagramRule } from '../../engine/index.js';
import type { Objective } from '../../learning/objective.js';
import { parseDuration } from '../../registry/duration.js';
import { Misfit } from '../misfit.js';
import type { Scenario } from '../schema.js';
import { bytesOf } from './make-network.js';
import { chosenWorkers, type Member } from './members.js';

/** Draws of a message are counted by its fragments: more of them would say that the bytes are meant otherwise. */
const MOST_FRAGMENTS = 1e6;

const path = ['network', 'datagrams'];

/** Whose messages go by datagrams, and how; nothing where nobody's do. @throws Misfit where datagrams have no meaning. */
export const makeDatagrams = (
  { network }: Scenario,
  objective: Objective,
  all: readonly Member[],
): DatagramRule | undefined => {
  if (!network?.datagrams) return undefined;
  const { workers, loss, fragment, holes } = network.datagrams;
  if (network.compression !== undefined)
    throw new Misfit(
      path,
      'messages are compressed, and what a lost fragment of a compressed message held is nobody’s single number; leave "compression" or "datagrams" out',
    );
  const fragments = Math.ceil(bytesOf(network, objective) / fragment);
  if (fragments > MOST_FRAGMENTS)
    throw new Misfit(
      [...path, 'fragment'],
      `a message would be cut into ${fragments} fragments of ${fragment} bytes; at most ${MOST_FRAGMENTS} are allowed`,
    );
  const lossy = new Uint8Array(all.length);
  for (const worker of chosenWorkers(workers, all, [...path, 'workers'])) lossy[worker] = 1;
  return { lossy, loss, fragment, holes };
};

/** How many workers that are honest at first have links on which fragments may be lost. */
export const honestLossy = (datagrams: DatagramRule | undefined, all: readonly Member[]): number =>
  datagrams && datagrams.loss > 0
    ? all.filter(({ byzantine }, worker) => !byzantine && datagrams.lossy[worker] === 1).length
    : 0;

/** What such messages wait for, as the last thing in their way. */
export const fragmentWait = ({ network }: Scenario): readonly CarrierRule[] =>
  network?.datagrams ? [awaitFragments(parseDuration(network.datagrams.timeout)!)] : [];
