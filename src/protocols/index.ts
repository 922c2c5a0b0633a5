import { aggregathorPart } from './aggregathor.js';
import { asynchronousPart } from './asynchronous.js';
import { basgdPart } from './basgd.js';
import { boundedStalenessPart } from './bounded-staleness.js';
import { bufferedPart } from './buffered.js';
import { edgePart } from './edge.js';
import { guanyuPart } from './guanyu.js';
import { learnPart } from './learn.js';
import { liubeiPart } from './liubei.js';
import { synchronousPart } from './synchronous.js';

export { aggregathor, type AggregathorOptions } from './aggregathor.js';
export { asynchronous, type AsynchronousOptions } from './asynchronous.js';
export { basgd, type BasgdOptions } from './basgd.js';
export { boundedStaleness, type BoundedStalenessOptions } from './bounded-staleness.js';
export { buffered, type BufferedOptions } from './buffered.js';
export type { QuorumOptions } from './cluster-options.js';
export { edge, type EdgeOptions } from './edge.js';
export { guanyu } from './guanyu.js';
export { learn, type LearnOptions } from './learn.js';
export { liubei } from './liubei.js';
export type { LiubeiOptions } from './liubei-terms.js';
export { synchronous, type SynchronousOptions } from './synchronous.js';

/** The protocols that scenarios can name. */
export const protocols = {
  asynchronous: asynchronousPart,
  buffered: bufferedPart,
  basgd: basgdPart,
  'bounded-staleness': boundedStalenessPart,
  synchronous: synchronousPart,
  aggregathor: aggregathorPart,
  guanyu: guanyuPart,
  learn: learnPart,
  edge: edgePart,
  liubei: liubeiPart,
};
