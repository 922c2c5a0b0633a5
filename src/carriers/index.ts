import { delayPart } from './delay.js';
import { dropPart } from './drop.js';
import { duplicatePart } from './duplicate.js';
import { partitionPart } from './partition.js';
import { reorderPart } from './reorder.js';

export { awaitFragments } from './datagrams.js';
export { delay, type DelayOptions } from './delay.js';
export { drop, type DropOptions } from './drop.js';
export { duplicate, type DuplicateOptions } from './duplicate.js';
export type { NetworkRule } from './network-rule.js';
export { partition, type PartitionOptions } from './partition.js';
export { reorder, type ReorderOptions } from './reorder.js';
export type { ScopeOptions } from './scope.js';
export { sharedLink, type SharedLinkOptions } from './shared-link.js';

/** The rules of `network.rules`, by the key that names each. */
export const networkRules = {
  drop: dropPart,
  delay: delayPart,
  reorder: reorderPart,
  duplicate: duplicatePart,
  partition: partitionPart,
};
