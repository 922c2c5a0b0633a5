import { instantLink, type Link } from '../../network/index.js';
import { compileDelay } from '../delay.js';
import { fitting, fittingAsync, Misfit } from '../misfit.js';
import { missingCompute, network as schema } from '../network-schema.js';
import { delayVariables, type Scenario } from '../schema.js';
import type { Member } from './members.js';

const phases = ['download', 'compute', 'upload'] as const;

/** The keys of a network that mean something where nothing takes time. */
const timeless = ['compression', 'messageBytes'];

/** Refuses a network in which something takes time. */
const requireTimeless = (network: NonNullable<Scenario['network']>): void => {
  const silent = schema.parse({ compression: 'identity' });
  const timed = (Object.keys(network) as (keyof typeof network)[]).find(
    (key) => !timeless.includes(key) && network[key] !== silent[key],
  );
  if (timed === undefined) return;
  const rest = network.compression === undefined ? 'leave "network" out' : `leave "network.${timed}" out`;
  throw new Misfit(['network'], `this protocol has no clock ("arrivals: sampled"), so delays have no meaning; ${rest}`);
};

/** Each worker's delays; none under a protocol that isn't timed, which takes no network but for its compression. */
export const makeLinks = async (
  scenario: Scenario,
  timed: boolean,
  all: readonly Member[],
  speeds: readonly number[],
  directory?: string,
): Promise<readonly Link[]> => {
  const { network } = scenario;
  if (!timed) {
    if (network) requireTimeless(network);
    return all.map(() => instantLink);
  }
  if (!network)
    throw new Misfit(
      [],
      'the key "network" is missing; say how long computing takes, such as network: { compute: exponential(1 / speed) }',
    );
  const phase = async (name: keyof Link) => {
    const path = ['network', name];
    const text = network[name];
    if (text === undefined) throw new Misfit(path, missingCompute);
    const delay = await fittingAsync(path, () => compileDelay(text, delayVariables, directory));
    return all.map(({ variables }, i) => fitting(path, () => delay({ ...variables, speed: speeds[i]! })));
  };
  const [download, compute, upload] = [await phase('download'), await phase('compute'), await phase('upload')];
  let latest: Link | undefined;
  return all.map((_, i) => {
    const link = { download: download[i]!, compute: compute[i]!, upload: upload[i]! };
    // Neighbours often have everything in common.
    if (!latest || phases.some((name) => link[name] !== latest![name])) latest = link;
    return latest;
  });
};
