import type { Intervention } from '../../engine/intervention.js';
import { learningRate } from '../../methods/options.js';
import { parseDuration } from '../../registry/duration.js';
import { parseEvery, type Every } from '../../registry/every.js';
import type { Formula } from '../../registry/formula.js';
import { idsOf } from '../../registry/workers.js';
import { compileFormula } from '../formula.js';
import { fitting, fittingAsync, Misfit, type Path } from '../misfit.js';
import type { Scenario } from '../schema.js';
import { rateVariables, type ScriptEntry } from '../script.js';
import type { Member } from './members.js';

const pathOf = (i: number): Path => ['script', i];

const textOf = (entry: ScriptEntry): string => {
  if ('partition' in entry) return `partition {${entry.partition.join(', ')}} from server for ${entry.for}`;
  if ('lr' in entry) return `lr becomes ${entry.lr}`;
  const { workers, becomes } = entry;
  return workers.length === 1 && typeof workers[0] === 'number'
    ? `worker ${workers[0]} turns ${becomes}`
    : `workers ${workers.join(', ')} turn ${becomes}`;
};

const instantOf = (at: Every): string => ('steps' in at ? `${at.steps} steps` : `${at.time} ms`);

/** Refuses what can't be: after the end, workers that there aren't, two things at once. */
const requireFitting = ({ workers, stop, network }: Scenario, entry: ScriptEntry, at: Every, i: number): void => {
  const end = stop.time === undefined ? Infinity : parseDuration(stop.time)!;
  if ('steps' in at ? at.steps > (stop.steps ?? Infinity) : at.time > end)
    throw new Misfit(
      [...pathOf(i), 'at'],
      `${entry.at} is after the end of the run, at ${'steps' in at ? `${stop.steps!} steps` : stop.time!}`,
    );
  if ('lr' in entry) return;
  if ('partition' in entry) {
    if (!network) throw new Misfit(pathOf(i), 'this protocol has no clock, so a partition has no meaning here');
    return;
  }
  const { byzantine, count } = workers;
  if (typeof byzantine === 'object' && 'kind' in byzantine)
    throw new Misfit(pathOf(i), `workers.byzantine (${byzantine.kind}) says who turns, so that the script can't`);
  const stranger = idsOf(entry.workers).find((id) => id > count);
  if (stranger !== undefined) throw new Misfit(pathOf(i), `worker ${stranger} found; ids are 1 to ${count}`);
};

/** Refuses two entries that say different things of one moment. */
const requireAgreement = (script: readonly Intervention[]): void => {
  const said = new Map<string, string>();
  const say = (what: string, value: string, at: Every, i: number): void => {
    const key = `${what} at ${instantOf(at)}`;
    const before = said.get(key);
    if (before !== undefined && before !== value)
      throw new Misfit(pathOf(i), `${what} ${value} at the same moment at which another entry says that it ${before}`);
    said.set(key, value);
  };
  script.forEach((each, i) => {
    if (each.kind === 'told') return;
    if (each.kind === 'lr') say('lr', each.text.slice('lr '.length), each.at, i);
    else
      for (const worker of each.workers)
        say(`worker ${worker + 1}`, each.byzantine ? 'turns byzantine' : 'turns honest', each.at, i);
  });
};

/** Refuses turns after which nobody would be honest, where all are counted in one unit; else the run itself finds out. */
const requireHonest = (script: readonly Intervention[], all: readonly Member[]): void => {
  const liars = new Set(all.flatMap(({ byzantine }, i) => (byzantine ? [i] : [])));
  const turns = script.flatMap((each, i) => (each.kind === 'turn' ? [{ ...each, i }] : []));
  const momentOf = ({ at }: Intervention): number => ('steps' in at ? at.steps : at.time);
  if (new Set(turns.map(({ at }) => 'steps' in at)).size > 1) return;
  for (const { workers, byzantine, i } of [...turns].sort((a, b) => momentOf(a) - momentOf(b)))
    for (const worker of workers) {
      if (byzantine) liars.add(worker);
      else liars.delete(worker);
      if (liars.size === all.length) throw new Misfit(pathOf(i), 'nobody is honest then; at least one worker must be');
    }
};

/** A rate from then on: at which step a moment in time comes, the run finds out. */
const rateFrom = (formula: Formula, at: Every): Formula => learningRate(formula, 'steps' in at ? at.steps + 1 : null);

/** Makes what happens by the scenario's script, in the order in which it is written. */
export const makeScript = async (scenario: Scenario, all: readonly Member[]): Promise<readonly Intervention[]> => {
  const script: Intervention[] = [];
  for (const [i, entry] of (scenario.script ?? []).entries()) {
    const at = parseEvery(entry.at)!;
    requireFitting(scenario, entry, at, i);
    const text = textOf(entry);
    if ('lr' in entry) {
      const path = [...pathOf(i), 'lr'];
      const formula: Formula = await fittingAsync(path, () => compileFormula(entry.lr, { variables: rateVariables }));
      script.push({ kind: 'lr', at, text, lr: fitting(path, () => rateFrom(formula, at)) });
    } else if ('partition' in entry) {
      script.push({ kind: 'told', at, text });
    } else {
      const workers = idsOf(entry.workers).map((worker) => worker - 1);
      script.push({ kind: 'turn', at, text, workers, byzantine: entry.becomes === 'byzantine' });
    }
  }
  requireAgreement(script);
  requireHonest(script, all);
  return script;
};
