import type { z } from 'zod';
import { describeFound } from '../registry/found.js';
import { didYouMean } from './nearest.js';

const wanted: Readonly<Record<string, string>> = {
  number: 'a finite number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  object: 'a mapping of keys to values',
  record: 'a mapping of keys to values',
  array: 'a list',
};

const quoted = (values: readonly unknown[]): string => values.map(String).join(', ');

/** What a bound counts, where it is no plain number. */
const counted = (origin: string): string =>
  ({ string: ' characters long', array: ' long', set: ' long' })[origin] ?? '';

const firstOf = (issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] => issues.slice(0, 1);

/** Whether a value was of another kind than an alternative takes. */
const ofAnotherKind = ({ code, path }: z.core.$ZodIssue): boolean =>
  path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');

/** What is wrong within the one alternative of a union that a value was meant for, where that is plain. */
export const narrowed = (issue: z.core.$ZodIssue): z.core.$ZodIssue => {
  if (issue.code !== 'invalid_union') return issue;
  const meant = issue.errors.flatMap(firstOf).filter((first) => !ofAnotherKind(first));
  return meant.length === 1 ? narrowed({ ...meant[0]!, path: [...issue.path, ...meant[0]!.path] }) : issue;
};

/** One sentence for what a schema found wrong, without its place. */
export const sentenceOf = (issue: z.core.$ZodIssue): string => {
  const found = describeFound(issue.input);
  switch (issue.code) {
    case 'invalid_type':
      return `${found}; ${wanted[issue.expected] ?? issue.expected} is needed`;
    case 'too_small':
      return `${found}; it must be ${issue.inclusive ? '>=' : '>'} ${issue.minimum}${counted(issue.origin)}`;
    case 'too_big':
      return `${found}; it must be ${issue.inclusive ? '<=' : '<'} ${issue.maximum}${counted(issue.origin)}`;
    case 'invalid_value':
      return `${found}; allowed are ${quoted(issue.values)}${
        typeof issue.input === 'string' ? didYouMean(issue.input, issue.values.map(String)) : ''
      }`;
    case 'invalid_format':
      return `${found}; ${issue.message}`;
    case 'invalid_key':
      return `${found}; ${issue.issues[0]?.message ?? issue.message}`;
    case 'invalid_union':
      return `${found}; ${unionOf(issue)} is needed`;
    case 'not_multiple_of':
      return `${found}; it must be a multiple of ${issue.divisor}`;
    default:
      return issue.message;
  }
};

const unionOf = (issue: z.core.$ZodIssueInvalidUnion): string => {
  const kinds = issue.errors.flatMap(firstOf).flatMap((first) => {
    if (first.code === 'invalid_type') return [wanted[first.expected] ?? first.expected];
    return first.code === 'invalid_value' ? [quoted(first.values)] : [];
  });
  return kinds.length === 0 ? 'another value' : [...new Set(kinds)].join(' or ');
};
