import type { Dataset } from '../../learning/dataset.js';
import { partitions, type Partition } from '../../learning/data/index.js';
import type { Share } from '../../learning/objective.js';
import type { Random } from '../../random/random.js';
import { fitting, Misfit } from '../misfit.js';
import type { Scenario } from '../schema.js';
import { makePart } from './make-part.js';

/** The rows that each worker learns from; null for each where there is no data. */
export const makeShares = async (
  scenario: Scenario,
  data: Dataset | undefined,
  random: Random,
): Promise<readonly Share[]> => {
  const { count } = scenario.workers;
  const path = ['learn', 'partition'];
  if (!data) {
    const { kind } = scenario.learn.partition;
    if (kind !== 'shared') throw new Misfit(path, `${kind} deals rows to workers, but there is no data`);
    return Array.from({ length: count }, () => null);
  }
  const partition = await makePart<Partition>(partitions, scenario.learn.partition, path);
  return fitting(path, () => partition(data.train.labels, data.classes, count, random.fork('partition')));
};
