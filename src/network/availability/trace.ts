import { z } from 'zod';
import { parseInstant } from '../../registry/duration.js';
import { clipped } from '../../registry/found.js';
import { definePart } from '../../registry/part.js';
import type { AvailabilitySource, During } from './availability.js';
import { duringOption } from './options.js';
import { timeline, type Change } from './timeline.js';

type Record3 = readonly [worker: unknown, time: unknown, available: unknown];

const header = ['worker', 'time', 'available'];

/** The fields of a line of JSON, or of comma-separated values. */
const fieldsOf = (line: string, order: readonly string[], fail: (found: string, needed: string) => never): Record3 => {
  if (!line.startsWith('{')) {
    const cells = line.split(',').map((cell) => cell.trim());
    if (cells.length !== 3) fail(line, 'worker,time,available');
    const [worker, time, available] = header.map((name) => cells[order.indexOf(name)]!);
    return [worker === '' ? NaN : Number(worker), time, available];
  }
  try {
    const { worker, time, available } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    return [worker, time, available];
  } catch {
    return fail(line, 'a line of JSON');
  }
};

const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/**
 * Reads comings and goings by worker from lines `worker,time,available` (a first line may name the columns, in any order), or
 * lines of JSON with these keys. Times count from the start of the run, and mustn't decrease within a worker; workers are 1 to
 * `workers`.
 * @throws Error that names file and line.
 */
export const parseTrace = (text: string, path: string, workers: number): ReadonlyMap<number, readonly Change[]> => {
  const changes = new Map<number, Change[]>();
  let order: readonly string[] = header;
  text.split(/\r?\n/).forEach((raw, i) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    const fail = (found: string, needed: string): never => {
      throw new Error(`${path}, line ${i + 1}: found ${JSON.stringify(clipped(found))}, expected ${needed}.`);
    };
    const names = line.toLowerCase().split(',').map((name) => name.trim()); // prettier-ignore
    if (changes.size === 0 && names.length === 3 && header.every((name) => names.includes(name))) {
      order = names;
      return;
    }
    const [worker, time, available] = fieldsOf(line, order, fail);
    if (typeof worker !== 'number' || !Number.isSafeInteger(worker) || worker < 1)
      return fail(line, 'the number of a worker, counted from 1');
    if (worker > workers) throw new Error(`${path}, line ${i + 1}: worker ${worker} found; ids are 1 to ${workers}.`);
    const at = typeof time === 'string' || typeof time === 'number' ? parseInstant(time) : undefined;
    if (at === undefined) return fail(line, 'a time >= 0, in seconds or with a unit');
    const truth = truths.get(String(available).toLowerCase());
    if (truth === undefined) return fail(line, 'available as true, false, 1 or 0');
    const own = changes.get(worker) ?? [];
    if (own.length > 0 && own.at(-1)![0] > at)
      return fail(line, `a time no earlier than the one before of worker ${worker}`);
    own.push([at, truth]);
    changes.set(worker, own);
  });
  if (changes.size === 0) throw new Error(`${path}: is empty; lines of worker,time,available are needed.`);
  return changes;
};

/** Comings and goings as a file tells them; workers that it doesn't name are there all the time. */
export const trace = ({ file, during }: { readonly file: string; readonly during: During }): AvailabilitySource => ({
  kind: 'file',
  file,
  read: (bytes, path, workers) => {
    const changes = parseTrace(new TextDecoder().decode(bytes), path, workers);
    return ({ worker }) => ({ during, presence: (scheduler) => timeline(changes.get(worker) ?? [], scheduler) });
  },
});

export const tracePart = definePart({
  summary: 'The worker comes and goes as a file tells, of lines worker,time,available in CSV or JSONL.',
  source:
    'Trace-driven availability: Yang et al., "Characterizing Impacts of Heterogeneity in Federated Learning", WWW 2021',
  files: true,
  parameters: z.strictObject({
    file: z
      .string()
      .min(1)
      .describe('CSV or JSONL, plain or .gz: a path below the data folder, else beside the scenario, or absolute'),
    during: duringOption('pause'),
  }),
  create: trace,
});
