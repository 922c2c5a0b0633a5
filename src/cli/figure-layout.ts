import { catchError, filter, firstValueFrom, map, of } from 'rxjs';
import { simulate } from '../engine/simulate.js';
import { isShare, measuredColumns, type Panel } from '../report/index.js';
import { clipped } from '../registry/found.js';
import type { PanelLayout } from '../scenario/figure-schema.js';
import { Misfit, type Path } from '../scenario/misfit.js';
import { didYouMean } from '../scenario/nearest.js';
import type { Run } from '../scenario/build.js';
import type { ResolvedRun } from '../scenario/resolve.js';
import type { crosswise } from '../scenario/schema.js';
import { labelOf } from './run-label.js';

/** A run that can be drawn. */
export interface Drawable extends ResolvedRun {
  readonly run: Run;
}

/** What the axes of scenarios are called in figures. */
export const panelAxis = {
  steps: 'step',
  time: 'time',
  messages: 'messages',
  bytes: 'bytes',
  gradients: 'gradients',
  passes: 'passes',
} as const satisfies Readonly<Record<(typeof crosswise)[number], Panel['against']>>;

/** Which run a name means: as the legend has it, or the main run's own; −1 for none. */
export const indexOf = (runs: readonly ResolvedRun[], name: string): number => {
  const labelled = runs.findIndex((run) => labelOf(run) === name);
  return labelled < 0 && runs[0]!.scenario.name === name ? 0 : labelled;
};

const metricOf = ([main]: readonly Drawable[]): string => main!.run.plan.objective.metric.name;

/** The panels that a scenario lays out, of these runs; those that show none of them are left out. */
export const laidOutPanels = (runs: readonly Drawable[]): readonly Panel[] | undefined => {
  const { figure } = runs[0]!.scenario;
  const panels = figure?.panels.flatMap(({ title, runs: names, score, against, scale, range }): readonly Panel[] => {
    const curves = names?.map((name) => indexOf(runs, name)).filter((index) => index >= 0);
    if (curves?.length === 0) return [];
    return [
      {
        ...{ score: score ?? metricOf(runs), against: panelAxis[against] },
        ...(title === undefined ? {} : { title }),
        ...(curves === undefined ? {} : { curves }),
        ...(scale === undefined ? {} : { scale }),
        ...(range === undefined ? {} : { range }),
      },
    ];
  });
  return panels?.length === 0 ? undefined : panels;
};

/** The scores of a run's first model; undefined where it doesn't come to have one. */
const scoresOf = ({ run: { plan, protocol } }: Drawable): Promise<readonly string[] | undefined> =>
  firstValueFrom(
    simulate(plan, protocol).pipe(
      filter((event) => event.kind === 'evaluated'),
      map(({ scores }) => Object.keys(scores)),
      catchError(() => of(undefined)),
    ),
    { defaultValue: undefined },
  );

/** @throws Misfit when none of the runs has a score of that name. */
const requireScore = async (shown: readonly Drawable[], score: string, path: Path): Promise<void> => {
  const known = new Set<string>();
  for (const { run } of shown)
    for (const name of [run.plan.objective.metric.name, ...(run.plan.objective.beside ?? [])]) known.add(name);
  if (known.has(score) || measuredColumns.includes(score)) return;
  for (const run of shown) {
    const scores = await scoresOf(run);
    if (scores === undefined || scores.includes(score)) return;
    for (const name of scores) known.add(name);
  }
  const allowed = [...known, ...measuredColumns];
  throw new Misfit(
    path,
    `unknown score "${clipped(score)}"; measured are ${allowed.join(', ')}${didYouMean(score, allowed)}`,
  );
};

/** What a panel shows. @throws Misfit for a name that no run has. */
const runsIn = (runs: readonly Drawable[], { runs: names }: PanelLayout, path: Path): readonly Drawable[] =>
  names?.map((name, j) => {
    const index = indexOf(runs, name);
    if (index >= 0) return runs[index]!;
    const labels = runs.map(labelOf);
    throw new Misfit(
      [...path, 'runs', j],
      `unknown run "${clipped(name)}" in a panel; the runs are ${labels.join(', ')}${didYouMean(name, labels)}`,
    );
  }) ?? runs;

/** Refuses an axis that one of the runs doesn't have. */
const requireAxis = (shown: readonly Drawable[], { against }: PanelLayout, path: Path): void => {
  for (const drawn of shown) {
    const { run } = drawn;
    const refuse = (why: string): never => {
      throw new Misfit(
        [...path, 'against'],
        `the run ${labelOf(drawn)} ${why}, so it can't be drawn against ${against}`,
      );
    };
    if (against === 'time' && !run.protocol.timed) refuse('has no clock ("arrivals: sampled")');
    if (against === 'passes' && !run.data) refuse('learns from no data');
  }
};

/**
 * Refuses panels with runs, axes, scores or ranges that can't be. Where a score is not the metric, the first model is scored, to know
 * which there are. @throws InputError with its place.
 */
export const requireLayout = async (runs: readonly Drawable[]): Promise<void> => {
  const [main] = runs;
  for (const [i, panel] of (main!.scenario.figure?.panels ?? []).entries()) {
    const path = ['figure', 'panels', i];
    try {
      const shown = runsIn(runs, panel, path);
      requireAxis(shown, panel, path);
      const score = panel.score ?? metricOf(runs);
      await requireScore(shown, score, [...path, 'score']);
      if (isShare(score) && panel.range && panel.range[1] <= 1)
        throw new Misfit(
          [...path, 'range'],
          `found [${panel.range.join(', ')}]; ${score} is drawn in per cent, so say such as [80, 100]`,
        );
    } catch (error) {
      throw main!.explain(error);
    }
  }
};
