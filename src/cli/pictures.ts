import {
  figureSpec,
  figureSvg,
  markedName,
  outsideNotes,
  stalenessSpec,
  timelineSpec,
  type Curve,
  type Guarded,
  type Panel,
} from '../report/index.js';
import { laidOutPanels, panelAxis } from './figure-layout.js';
import { besideIn, folderOf, outcomesOf, type Ended } from './results.js';
import { labelOf } from './run-label.js';
import { writeWhole } from './run-folder.js';

/**
 * The main curves: the metric against what the scenario says; else a run without a clock is drawn against steps only, with the
 * loss beside its metric. Further scores follow, against the same.
 */
const panelsOf = ({ run, outcome, scenario }: Ended, beside: readonly string[]): readonly Panel[] => {
  const { name } = run.plan.objective.metric;
  const against = scenario.measure?.against;
  if (against !== undefined || run.protocol.timed) {
    const axes = [against ?? (['steps', 'time'] as const)].flat().map((axis) => panelAxis[axis]);
    return [name, ...beside].flatMap((score) => axes.map((axis) => ({ score, against: axis })));
  }
  const scores = [name, 'loss'].filter((score, i, all) => all.indexOf(score) === i);
  const measured = scores.filter((score) => outcome.measurements.some((line) => score in line));
  return [...new Set([...measured, ...beside])].map((score) => ({ score, against: 'step' }));
};

const guarded = (ended: Ended): Guarded => ({ name: labelOf(ended), outsideTheorem: ended.run.outside });

const curveOf = (ended: Ended): Curve => {
  const [points, ...replications] = outcomesOf(ended).map(({ measurements }) => measurements);
  return { name: markedName(guarded(ended)), points: points!, ...(replications.length > 0 && { replications }) };
};

/** Draws all runs into the main run's folder. */
export const writeFigure = async (root: string, all: readonly Ended[]): Promise<void> => {
  const layout = laidOutPanels(all);
  const panels = layout ?? panelsOf(all[0]!, besideIn(all));
  const { metric } = all[0]!.run.plan.objective;
  const spec = figureSpec(all.map(curveOf), {
    metric,
    panels,
    laidOut: layout !== undefined,
    notes: outsideNotes(all.map(guarded)),
  });
  await writeWhole(root, 'figure.svg', await figureSvg(spec));
};

/**
 * Draws what the scenario asks for beside the curves: each run's timeline into its own folder, and the staleness of all of them
 * into the main run's. Returns the files of the main run's folder.
 */
export const writePictures = async (root: string, all: readonly Ended[]): Promise<readonly string[]> => {
  const drawn = all.filter(({ outcome }) => outcome.timeline !== undefined);
  for (const ended of drawn)
    await writeWhole(
      folderOf(root, ended),
      'timeline.svg',
      await figureSvg(
        timelineSpec(ended.outcome.timeline!, markedName(guarded(ended)), outsideNotes([guarded(ended)])),
      ),
    );
  if (drawn.length === 0) return [];
  const runs = all.map((ended) => ({ name: markedName(guarded(ended)), histogram: ended.outcome.stalenessHistogram }));
  await writeWhole(root, 'staleness.svg', await figureSvg(stalenessSpec(runs, outsideNotes(all.map(guarded)))));
  return ['staleness.svg', 'timeline.svg'];
};
