import { z } from 'zod';
import { parseDuration } from './duration.js';
import { describeFound } from './found.js';

/** A number of server steps, or a span of virtual time in virtual milliseconds; both > 0. */
export type Every = { readonly steps: number } | { readonly time: number };

/** Steps (`160 steps`, `160`) or virtual time (`5s`); undefined when it is neither. */
export const parseEvery = (every: number | string): Every | undefined => {
  const steps = typeof every === 'number' ? every : Number(/^\s*(\d+)\s*(steps?)?\s*$/.exec(every)?.[1]);
  if (Number.isSafeInteger(steps)) return steps >= 1 ? { steps } : undefined;
  // A number without a unit would be steps to one reader and seconds to another.
  const time = typeof every === 'string' && /[a-z]\s*$/i.test(every) ? parseDuration(every) : undefined;
  return time === undefined ? undefined : { time };
};

/** The schema of steps or virtual time. */
export const everyOption = (description: string) =>
  z
    .union([z.number(), z.string()])
    .refine((every) => parseEvery(every) !== undefined, {
      error: (issue) => `${describeFound(issue.input)}; steps or a virtual time is needed, such as "100 steps" or 5s`,
    })
    .describe(`${description}: steps ("100 steps") or virtual time (5s)`);

/** Besides steps and time, a number of minibatch gradients > 0. */
export type Measured = Every | { readonly gradients: number };

/** Steps, virtual time, or gradients (`400 gradients`); undefined when it is none of them. */
export const parseMeasured = (every: number | string): Measured | undefined => {
  const gradients = typeof every === 'string' ? Number(/^\s*(\d+)\s*gradients?\s*$/.exec(every)?.[1]) : NaN;
  if (Number.isSafeInteger(gradients)) return gradients >= 1 ? { gradients } : undefined;
  return parseEvery(every);
};

/** The schema of steps, virtual time or gradients. */
export const measuredOption = (description: string) =>
  z
    .union([z.number(), z.string()])
    .refine((every) => parseMeasured(every) !== undefined, {
      error: (issue) =>
        `${describeFound(issue.input)}; steps, a virtual time or gradients are needed, such as "100 steps", 5s or "400 gradients"`,
    })
    .describe(`${description}: steps ("100 steps"), virtual time (5s) or gradients ("400 gradients")`);
