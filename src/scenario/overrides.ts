import { parse } from 'yaml';
import { InputError } from './input-error.js';
import type { Path } from './misfit.js';

/** One `key=value`: where it goes, what it is, and how it was written. */
export interface Override {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly text: string;
}

type Mapping = Record<string, unknown>;

const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null;

const forbidden = ['__proto__', 'constructor', 'prototype'];

/** Splits `a.b.c` into the path of a key. @throws InputError when a part of it is empty. */
export const pathOf = (key: string, text: string): readonly string[] => {
  const path = key.split('.').map((part) => part.trim());
  if (path.some((part) => part === '' || forbidden.includes(part)))
    throw new InputError(`command line: "${text}" is no override; write key=value, such as workers.count=50`);
  return path;
};

/** Reads `workers.count=50`; the value is YAML. @throws InputError with one sentence. */
export const parseOverride = (text: string): Override => {
  const equals = text.indexOf('=');
  if (equals <= 0)
    throw new InputError(`command line: "${text}" is no override; write key=value, such as workers.count=50`);
  const key = text.slice(0, equals);
  try {
    return { path: pathOf(key, text), value: parse(text.slice(equals + 1), { maxAliasCount: 100 }) as unknown, text };
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = error instanceof Error ? error.message.split('\n')[0]!.replace(/ at line.*$/, '') : String(error);
    throw new InputError(`command line: the value in "${text}" is no YAML: ${reason}`, { cause: error });
  }
};

/** What a key below it makes of a value: a name becomes the object that it stands for. */
const opened = (value: unknown): Mapping => {
  if (isMapping(value)) return value;
  return typeof value === 'string' ? { kind: value } : {};
};

const set = (target: Mapping, path: readonly string[], value: unknown): void => {
  const [key, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const child = opened(Object.hasOwn(target, key) ? target[key] : undefined);
  target[key] = child;
  set(child, rest, value);
};

/** A copy of a scenario with the overrides applied in order. */
export const applyOverrides = (scenario: unknown, overrides: readonly Pick<Override, 'path' | 'value'>[]): unknown => {
  if (!isMapping(scenario)) return scenario;
  const copy = structuredClone(scenario);
  for (const { path, value } of overrides) set(copy, path, structuredClone(value));
  return copy;
};

/** The last override that reaches `path`. */
export const overrideAt = <Entry extends Pick<Override, 'path'>>(
  overrides: readonly Entry[],
  path: Path,
): Entry | undefined => {
  const words = path.map(String);
  return overrides.findLast((override) => override.path.every((part, i) => i >= words.length || part === words[i]));
};
