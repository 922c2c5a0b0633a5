import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Scenario } from './schema.js';

/** JSON with sorted keys and without undefined values: equal data, equal text. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
};

/**
 * SHA-256, in hexadecimal, of all in a scenario that can change a run's result: everything but its name, its label, its
 * description, the runs that it is compared with, its study, what is drawn, and whether it may be outside its theorem. One replication is none.
 */
export const configHash = (scenario: Scenario): string => {
  const {
    name: _name,
    label: _label,
    description: _description,
    compare: _compare,
    study: _study,
    figure: _figure,
    allowUnsafe: _allowUnsafe,
    measure,
    ...rest
  } = scenario;
  const { against: _against, overhead: _overhead, timeline: _timeline, ...measured } = measure ?? {};
  return bytesToHex(sha256(utf8ToBytes(canonical({ ...rest, measure: measure && measured }))));
};
