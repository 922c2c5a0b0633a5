import { instantLink, type Link } from '../../network/index.js';
import { compileDelay } from '../delay.js';
import { fitting, fittingAsync, Misfit } from '../misfit.js';
import { delayVariables, type Scenario } from '../schema.js';
import type { Member } from './members.js';

const phases = ['download', 'compute', 'upload'] as const;

/** Each worker's delays; none under a protocol that isn't timed, which takes no network. */
export const makeLinks = async (
  scenario: Scenario,
  timed: boolean,
  all: readonly Member[],
  speeds: readonly number[],
  directory?: string,
): Promise<readonly Link[]> => {
  const { network } = scenario;
  if (!timed) {
    if (network)
      throw new Misfit(
        ['network'],
        'this protocol has no clock ("arrivals: sampled"), so delays have no meaning; leave "network" out',
      );
    return all.map(() => instantLink);
  }
  if (!network)
    throw new Misfit(
      [],
      'the key "network" is missing; say how long computing takes, such as network: { compute: exponential(1 / speed) }',
    );
  const phase = async (name: keyof Link) => {
    const path = ['network', name];
    const delay = await fittingAsync(path, () => compileDelay(network[name], delayVariables, directory));
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
