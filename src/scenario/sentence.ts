import type { z } from 'zod';
import { didYouMean } from './nearest.js';

/** `found "abc"`, `found a list`, `is missing`. */
export const describeFound = (value: unknown): string => {
  if (value === undefined) return 'is missing';
  if (value === null) return 'is empty';
  if (Array.isArray(value)) return 'found a list';
  if (typeof value === 'object') return 'found an object';
  return `found ${JSON.stringify(value)}`;
};

const wanted: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  object: 'a mapping of keys to values',
  record: 'a mapping of keys to values',
  array: 'a list',
};

const quoted = (values: readonly unknown[]): string => values.map(String).join(', ');

/** One sentence for what a schema found wrong, without its place. */
export const sentenceOf = (issue: z.core.$ZodIssue): string => {
  const found = describeFound(issue.input);
  switch (issue.code) {
    case 'invalid_type':
      return `${found}; ${wanted[issue.expected] ?? issue.expected} is needed`;
    case 'too_small':
      return `${found}; it must be ${issue.inclusive ? '>=' : '>'} ${issue.minimum}`;
    case 'too_big':
      return `${found}; it must be ${issue.inclusive ? '<=' : '<'} ${issue.maximum}`;
    case 'invalid_value':
      return `${found}; allowed are ${quoted(issue.values)}${
        typeof issue.input === 'string' ? didYouMean(issue.input, issue.values.map(String)) : ''
      }`;
    case 'invalid_union':
      return `${found}; ${unionOf(issue)} is needed`;
    case 'not_multiple_of':
      return `${found}; it must be a multiple of ${issue.divisor}`;
    default:
      return issue.message;
  }
};

const unionOf = (issue: z.core.$ZodIssueInvalidUnion): string => {
  const kinds = issue.errors.flatMap(([first]) =>
    first?.code === 'invalid_type' ? [wanted[first.expected] ?? first.expected] : [],
  );
  return kinds.length === 0 ? 'another value' : kinds.join(' or ');
};
