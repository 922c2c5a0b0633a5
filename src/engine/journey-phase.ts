import type { Phase } from './event.js';

/** Where a worker's round is. The first three are its phases, each with a span of its own. */
export const at = {
  idle: -1,
  download: 0,
  compute: 1,
  upload: 2,
  /** The message is at the server's door. */
  door: 3,
  /** The model, or the message, was lost and is about to be sent again. */
  downloadAgain: 4,
  uploadAgain: 5,
  /** The round is lost; the worker is about to ask for a model. */
  asking: 6,
  /** The round is lost, and nobody will ask. */
  silent: 7,
  /** The message is at the server, and held back. */
  held: 8,
} as const;

/** The phase of a round at each of these but `idle`; undefined where none is under way. */
export const phases: readonly (Phase | undefined)[] = [
  ...(['download', 'compute', 'upload', 'upload', 'download', 'upload'] as const),
  ...[undefined, undefined, 'upload' as const],
];
