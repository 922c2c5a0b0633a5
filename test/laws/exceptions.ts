import { containmentExceptions } from './containment-exceptions.js';
import type { Exception } from './exception-from.js';
import { asFirstCall } from './first-call.js';
import { passingExceptions, robustnessExceptions } from './robustness-exceptions.js';
import { structureExceptions } from './structure-exceptions.js';

/** Every exception; the first that names a rule counts. */
export const exceptions: readonly Exception[] = [
  ...[...structureExceptions, ...containmentExceptions, ...robustnessExceptions].map(asFirstCall),
  ...passingExceptions,
];
