import { compressors, type CompressorRule } from '../../compressors/index.js';
import type { Objective } from '../../learning/objective.js';
import { fitting } from '../misfit.js';
import type { Scenario } from '../schema.js';
import { makePart } from './make-part.js';

/** Makes the compressor of messages, if it can compress as many numbers as there are parameters; undefined where none is chosen. */
export const makeCompression = async (
  { network }: Scenario,
  { dimension }: Objective,
): Promise<CompressorRule | undefined> => {
  if (network?.compression === undefined) return undefined;
  const path = ['network', 'compression'];
  const rule = await makePart<CompressorRule>(compressors, network.compression, path);
  fitting(path, () => rule.constants(dimension));
  return rule;
};
