import { exceptions, type Exception } from './exceptions.js';

/** Whether a pattern, in which a star stands for any name, names the rule. */
const isNamed = (pattern: string, rule: string): boolean =>
  pattern === rule || new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(rule);

/** The exception that a rule has from a law, if any. */
export const exceptionFrom = (law: string, rule: string): Exception | undefined =>
  exceptions.find((each) => each.law === law && each.rules.some((pattern) => isNamed(pattern, rule)));
