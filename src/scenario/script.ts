import { z } from 'zod';
import { durationOption } from '../registry/duration.js';
import { everyOption, parseEvery } from '../registry/every.js';
import { clipped } from '../registry/found.js';
import { formulaOption } from '../registry/formula.js';
import { idsOf, workersOption, type WorkerSet } from '../registry/workers.js';
import { report, shownAs } from './choice.js';
import { keys } from './keys.js';
import { narrowed, sentenceOf } from './sentence.js';

/** An entry of a script as it was checked. Plain data: ids count from 1. */
export type ScriptEntry =
  | { readonly at: number | string; readonly workers: WorkerSet; readonly becomes: 'byzantine' | 'honest' }
  | { readonly at: number | string; readonly lr: number | string }
  | ScriptedPartition;

/** Workers are cut off from the server for a time. */
export interface ScriptedPartition {
  readonly at: number | string;
  readonly partition: WorkerSet;
  readonly for: number | string;
  readonly meanwhile?: 'held' | 'lost' | undefined;
}

/** Variables that a scripted learning rate may use: the server's step from 1. */
export const rateVariables = ['t', 'step'] as const;

const entryKeys = keys('an entry of the script', {
  at: everyOption('when it happens, from the run’s start'),
  worker: z.int().min(1).optional().describe('the worker that turns, by its id'),
  workers: workersOption('the workers that turn').optional(),
  becomes: z.enum(['byzantine', 'honest']).optional().describe('what they are from then on'),
  lr: formulaOption(rateVariables, 'the method’s learning rate from then on').optional(),
  partition: workersOption('the workers that are cut off from the server').optional(),
  for: durationOption('how long they are cut off').optional(),
  meanwhile: z.enum(['held', 'lost']).optional().describe('what becomes of what leaves meanwhile; held unless given'),
});

type Context = Parameters<Parameters<z.ZodUnknown['transform']>[0]>[1];

const examples =
  '"at 30s: worker 3 turns byzantine", "at 100 steps: workers 1, 2, 5..7 turn honest" or "at 60s: lr becomes 0.001"; "at 30s: partition {1..5} from server for 10s"';

/** The set of workers that a line names: `3`, `1, 2 and 5..7` or `{1..5}`; undefined when it is none. */
const readSet = (text: string): WorkerSet | undefined => {
  const [, braced, bare] = /^(?:\{\s*(.*?)\s*\}|([^{}]*))$/.exec(text) ?? [];
  const items = (braced ?? bare)?.split(/\s*,\s*|\s+and\s+/);
  if (!items?.every((item) => /^\d+(\s*\.\.\s*\d+)?$/.test(item))) return undefined;
  return items.map((item) => (item.includes('.') ? item : Number(item)));
};

/** The keys that a line of text stands for; undefined when it isn't understood. */
const readLine = (line: string): Readonly<Record<string, unknown>> | undefined => {
  const [, at, what] = /^\s*at\s+([^:]+?)\s*:\s*(.+?)\s*$/i.exec(line) ?? [];
  if (at === undefined) return undefined;
  const rate = /^lr\s+becomes\s+(.+)$/i.exec(what!);
  if (rate) {
    const number = Number(rate[1]);
    return { at, lr: Number.isFinite(number) ? number : rate[1] };
  }
  const cut = /^partition\s+(.+?)\s+from\s+(?:the\s+)?server\s+for\s+(.+)$/i.exec(what!);
  if (cut) {
    const partition = readSet(cut[1]!);
    return partition && { at, partition, for: cut[2] };
  }
  const [, named, becomes] = /^workers?\s+(.+?)\s+(?:turns?|becomes?)\s+(byzantine|honest)$/i.exec(what!) ?? [];
  const workers = named === undefined ? undefined : readSet(named);
  return workers && { at, workers, becomes: becomes!.toLowerCase() };
};

/** The line that a value is: a text, or what YAML makes of one without quotes, `{ 'at 30s': … }`. */
const lineOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const [entry, ...others] = Object.entries(value);
  return entry && others.length === 0 && /^at\s/i.test(entry[0]) ? `${entry[0]}: ${String(entry[1])}` : undefined;
};

/** Checks what an entry's keys say together, if it is a partition. */
const checkPartition = (given: z.output<typeof entryKeys>, value: unknown, context: Context): ScriptEntry => {
  const { at, partition, for: span, meanwhile } = given;
  if (partition === undefined)
    return report(
      context,
      [span === undefined ? 'meanwhile' : 'for'],
      value,
      'is about a partition, and none is named',
    );
  if (
    given.worker !== undefined ||
    given.workers !== undefined ||
    given.becomes !== undefined ||
    given.lr !== undefined
  )
    return report(context, ['partition'], value, 'an entry says one thing; give partition an entry of its own');
  if (span === undefined)
    return report(context, ['for'], value, 'is missing; say how long they are cut off, such as 10s');
  if ('steps' in parseEvery(at)!)
    return report(context, ['at'], value, `found ${at}; a partition begins at a time, such as 30s`);
  return { at, partition, for: span, meanwhile };
};

/** Checks what an entry's keys say together. */
const checkEntry = (given: z.output<typeof entryKeys>, value: unknown, context: Context): ScriptEntry => {
  const { at, worker, workers, becomes, lr } = given;
  if (given.partition !== undefined || given.for !== undefined || given.meanwhile !== undefined)
    return checkPartition(given, value, context);
  const named = workers ?? (worker === undefined ? undefined : [worker]);
  const complain = (path: readonly PropertyKey[], message: string) => report(context, path, value, message);
  if (worker !== undefined && workers !== undefined)
    return complain(['worker'], 'worker and workers are two ways to say the same: give one of them');
  if (lr !== undefined)
    return named === undefined && becomes === undefined
      ? { at, lr: lr as number | string }
      : complain(['lr'], 'an entry says one thing; give lr an entry of its own');
  if (named === undefined)
    return complain(
      [],
      `nothing happens in this entry; it needs worker or workers with becomes, or lr, or partition with for, or is a line such as ${examples}`,
    );
  if (becomes === undefined) return complain(['becomes'], 'is missing; workers become byzantine or honest');
  const ids = idsOf(named);
  if (new Set(ids).size < ids.length) return complain(['workers'], 'an id is named twice');
  return { at, workers: named, becomes };
};

const entrySchema: z.ZodType<ScriptEntry> = z.unknown().transform((value, context) => {
  const line = lineOf(value);
  const read = line === undefined ? value : readLine(line);
  if (read === undefined)
    return report(context, [], value, `found "${clipped(line!)}"; a line of the script is ${examples}`);
  const checked = entryKeys.safeParse(read, { reportInput: true });
  if (checked.success) return checkEntry(checked.data, value, context);
  for (const issue of checked.error.issues.map(narrowed)) {
    const unknown = issue.code === 'unrecognized_keys' ? [issue.keys[0]!] : [];
    report(context, [...issue.path, ...unknown], issue.input, sentenceOf(issue));
  }
  return z.NEVER;
});
shownAs.set(
  entrySchema,
  z
    .union([entryKeys, z.string(), z.record(z.string().regex(/^at\s/i), z.string())])
    .describe(`an entry, or ${examples}`),
);

/** What happens at moments of a run, in any order. */
export const scriptSchema = z.array(entrySchema).max(1e5);
