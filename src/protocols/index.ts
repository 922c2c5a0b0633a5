import { asynchronousPart } from './asynchronous.js';

export { asynchronous, type AsynchronousOptions } from './asynchronous.js';

/** The protocols that scenarios can name. */
export const protocols = { asynchronous: asynchronousPart };
