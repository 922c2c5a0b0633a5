import type { Dataset } from '../../learning/dataset.js';
import { datasets, type DatasetRule } from '../../learning/data/index.js';
import { seededRandom } from '../../random/index.js';
import { Misfit, reasonOf } from '../misfit.js';
import type { Scenario } from '../schema.js';
import type { Surroundings } from '../surroundings.js';
import { makePart } from './make-part.js';

/** The data set that a scenario names, from the cache if it is there; undefined where none is named. */
export const loadData = async (
  { learn }: Scenario,
  { directory, cache, threads }: Surroundings,
): Promise<Dataset | undefined> => {
  if (!learn.data) return undefined;
  const key = JSON.stringify([learn.data, directory]);
  const known = cache?.datasets.get(key);
  if (known) return known;
  const rule = await makePart<DatasetRule>(datasets, learn.data, ['learn', 'data']);
  // Not the scenario's seed: a generated data set is the same in every run, as a read one is.
  const loading = (async () => {
    const data = await rule({ directory, random: seededRandom('data') });
    return threads ? threads.share(data) : data;
  })();
  cache?.datasets.set(key, loading);
  try {
    return await loading;
  } catch (error) {
    // A rule rejects with a sentence about the file that is missing or is not what it should be.
    throw error instanceof Error ? new Misfit(['learn', 'data'], reasonOf(error), { cause: error }) : error;
  }
};
