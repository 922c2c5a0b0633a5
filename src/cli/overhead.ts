import { overheadOf, overheadTable, type Paced } from '../report/index.js';
import { clipped } from '../registry/found.js';
import { Misfit } from '../scenario/misfit.js';
import { didYouMean } from '../scenario/nearest.js';
import type { ResolvedRun } from '../scenario/resolve.js';
import type { Outcome } from './execute.js';
import { indexOf } from './figure-layout.js';
import { folderOf, rowOf, runsSummary, writeSummary, type Ended } from './results.js';
import { labelOf } from './run-label.js';

/** Refuses a baseline that is none of the runs. @throws InputError with its place. */
export const requireBaseline = (runs: readonly ResolvedRun[]): void => {
  const [main, ...others] = runs;
  const against = main!.scenario.measure?.overhead?.against;
  const labels = runs.map(labelOf);
  if (against !== undefined && indexOf(runs, against) < 0)
    throw main!.explain(
      new Misfit(
        ['measure', 'overhead', 'against'],
        `unknown run "${clipped(against)}"; the runs are ${labels.join(', ')}${didYouMean(against, labels)}`,
      ),
    );
  const own = others.find(({ scenario }) => scenario.measure?.overhead !== undefined);
  if (own)
    throw own.explain(
      new Misfit(['measure', 'overhead'], 'all runs are held against one baseline; say it in the main run'),
    );
};

const paced = ({ summary, measurements }: Outcome): Paced => ({ summary, measurements });

/**
 * The runs with their overheads against the baseline that the main run names, each replication against the baseline's of the same
 * number; as they were where none is named, or it was never run.
 */
export const withOverheads = (all: readonly Ended[]): readonly Ended[] => {
  const settings = all[0]!.scenario.measure?.overhead;
  const baseline = settings && all[indexOf(all, settings.against)];
  if (!baseline) return all;
  const { reach } = settings;
  const { metric } = baseline.run.plan.objective;
  const others = [baseline.outcome, ...(baseline.further ?? [])];
  const held = (outcome: Outcome, number: number): Outcome => {
    const other = others[number];
    if (!other) return outcome;
    const overhead = overheadOf(paced(outcome), paced(other), { against: labelOf(baseline), metric, reach });
    return { ...outcome, summary: { ...outcome.summary, overhead } };
  };
  return all.map((ended) => ({
    ...ended,
    outcome: held(ended.outcome, 0),
    ...(ended.further && { further: ended.further.map((outcome, i) => held(outcome, i + 1)) }),
  }));
};

const areHeld = (all: readonly Ended[]): boolean => all.some(({ outcome }) => outcome.summary.overhead !== undefined);

/** Writes the summaries of the compared runs again, now that what they are held against is known. */
export const writeOverheads = async (root: string, all: readonly Ended[]): Promise<void> => {
  if (!areHeld(all)) return;
  for (const ended of all) if (ended.label !== '') await writeSummary(folderOf(root, ended), runsSummary(ended));
};

/** The table of overheads, where they are asked for. */
export const overheadsOf = (all: readonly Ended[]): readonly string[] => {
  if (!areHeld(all)) return [];
  const settings = all[0]!.scenario.measure!.overhead!;
  const baseline = all[indexOf(all, settings.against)]!;
  return [`against ${labelOf(baseline)}:\n${overheadTable(all.map(rowOf), baseline.run.plan.objective.metric.name)}`];
};
