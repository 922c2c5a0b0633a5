import { takeUntil, tap, type Observable } from 'rxjs';
import { DeadlockError } from '../engine/deadlock-error.js';
import type { SimulationEvent } from '../engine/event.js';
import { simulate } from '../engine/simulate.js';
import {
  measurements,
  progress,
  rowDistances,
  summarise,
  summary,
  timeline,
  type Measurement,
  type StalenessHistogram,
  type Summary,
  type Timeline,
} from '../report/index.js';
import { SUBOPTIMALITY } from '../learning/suboptimality.js';
import { OutOfRangeError } from '../registry/out-of-range-error.js';
import { parseDuration } from '../registry/duration.js';
import type { Run } from '../scenario/build.js';
import { configHash } from '../scenario/config-hash.js';
import { Misfit } from '../scenario/misfit.js';
import type { Scenario } from '../scenario/schema.js';
import { theoryOf } from '../scenario/theory.js';
import { sliced } from '../scheduler/pace.js';
import { StalledError } from '../scheduler/stalled-error.js';
import { showProgress } from './progress-line.js';
import type { Status } from './run-folder.js';
import { summaryOptions } from './summary-options.js';
import { traceFile } from './trace-file.js';

/** A run that has ended, one way or another. */
export interface Outcome {
  readonly status: Status;
  readonly summary: Summary;
  readonly measurements: readonly Measurement[];
  readonly stalenessHistogram: StalenessHistogram;
  /** What timeline.svg shows, where one is asked for. */
  readonly timeline: Timeline | undefined;
  /** What theory says of the run, where there is some for its method; a sentence each. */
  readonly theory: readonly string[];
  readonly started: Date;
  readonly ended: Date;
  /** Why the run could not go on, where it could not. */
  readonly error?: unknown;
}

export interface ExecuteOptions {
  readonly label: string;
  /** Whether progress is shown. */
  readonly quiet: boolean;
  /** The folder to write a trace to. */
  readonly traceIn?: string | undefined;
  /** Ends the run between two events when it emits. */
  readonly interrupt: Observable<unknown>;
}

/** The errors with which a simulation, rather than the program, comes to an end. */
const endings = [StalledError, DeadlockError, OutOfRangeError, Misfit];

/** Host milliseconds between two looks at signals and the progress line. */
const slice = 40;

/** Simulates a run and sums it up; a run that is interrupted or gets stuck is summed up as far as it came. */
export const execute = async (scenario: Scenario, run: Run, options: ExecuteOptions): Promise<Outcome> => {
  const { metric } = run.plan.objective;
  const { steps, time, gradients } = run.plan.stop;
  const started = new Date();
  const clock = performance.now();
  const reader = summarise(summaryOptions(scenario, run));
  const distances = rowDistances();
  const pictured =
    scenario.measure?.timeline === undefined ? undefined : timeline(parseDuration(scenario.measure.timeline)!);
  const follower = progress(
    {
      ...(steps === undefined ? {} : { steps }),
      ...(time === undefined ? {} : { time }),
      ...(gradients === undefined ? {} : { gradients }),
    },
    () => performance.now(),
  );
  const measured: Measurement[] = [];
  const trace = options.traceIn === undefined ? undefined : traceFile(options.traceIn, run.outside);
  const line = options.quiet ? undefined : showProgress(options.label, () => follower.sample(), metric.name);

  const { status, error } = await new Promise<Pick<Outcome, 'status' | 'error'>>((resolve, reject) => {
    let last: Status = 'interrupted';
    const observed = tap((event: SimulationEvent) => {
      reader.update(event);
      distances.update(event);
      pictured?.update(event);
      follower.update(event);
      trace?.write(event);
      if (event.kind === 'finished') last = 'finished';
    });
    const events = simulate(run.plan, run.protocol, sliced(slice), (world) => distances.watch(world));
    const columns = () => ({ ...reader.columns(), ...distances.columns() });
    events.pipe(takeUntil(options.interrupt), observed, measurements(undefined, columns)).subscribe({
      next: (measurement) => measured.push(measurement),
      complete: () => resolve({ status: last }),
      error: (error: Error) =>
        endings.some((kind) => error instanceof kind) ? resolve({ status: 'stuck', error }) : reject(error),
    });
  });
  line?.stop();
  await trace?.close();
  const identity = {
    name: scenario.name,
    seed: scenario.seed,
    configHash: configHash(scenario),
    status,
    ...(run.outside && { outsideTheorem: run.outside }),
    wallSeconds: Number(((performance.now() - clock) / 1000).toFixed(3)),
  };
  const gap = measured[0]?.[SUBOPTIMALITY];
  const theory = theoryOf(scenario, run.plan, typeof gap === 'number' ? gap : undefined);
  return {
    status,
    summary: { ...summary(identity, reader.result()), ...(theory && { theory: theory.numbers }) },
    theory: theory?.lines ?? [],
    measurements: measured,
    stalenessHistogram: reader.stalenessHistogram(),
    timeline: pictured?.result(),
    started,
    ended: new Date(),
    ...(error === undefined ? {} : { error }),
  };
};
