import { duration } from './duration.js';
import type { Scores } from '../learning/objective.js';
import type { Reader } from './reader.js';
import { scoreText } from './score-text.js';

/** Where a run will stop: at whichever comes first. */
export interface ProgressGoal {
  readonly steps?: number;
  readonly messages?: number;
  /** Virtual milliseconds. */
  readonly time?: number;
  /** Minibatch gradients that workers were asked for. */
  readonly gradients?: number;
}

/** How far a run has come. */
export interface ProgressState {
  readonly goal: ProgressGoal;
  readonly step: number;
  readonly messages: number;
  readonly time: number;
  readonly gradients: number;
  /** Of the nearest goal, from 0 to 1; `null` without a goal. */
  readonly fraction: number | null;
  /** Of the last evaluation; empty before the first. */
  readonly scores: Scores;
  /** Server steps per second of the host's clock, smoothed; `null` while unknown. */
  readonly stepsPerSecond: number | null;
  /** Seconds of the host's clock until the end, if the run goes on as of late; `null` while unknown. */
  readonly secondsLeft: number | null;
}

/** Smoothing forgets what is much older than this. */
const MEMORY_MS = 5000;

/** What is counted, without the rates: they belong to one host and one sitting, so a resumed run measures them anew. */
export type ProgressCounts = Pick<ProgressState, 'step' | 'messages' | 'time' | 'gradients' | 'scores'>;

const none: ProgressCounts = { step: 0, messages: 0, time: 0, gradients: 0, scores: {} };

/** Follows a run, and its speed: every `sample()` reads the clock, so call it when something is to be shown. */
export interface Progress extends Omit<Reader<ProgressState, ProgressCounts>, 'result'> {
  sample(): ProgressState;
}

/**
 * Follows how far a run has come towards its goal. `now` is the host's clock in milliseconds, monotonic. Rates are
 * averages over the time between samples, older ones weighing less: after t ms an average has lost t / (t + 5000).
 */
export const progress = (goal: ProgressGoal, now: () => number, from?: ProgressCounts): Progress => {
  let { step, messages, time, gradients, scores }: ProgressCounts = from ?? none;
  let sampledMs = now();
  let sampledStep = step;
  let sampledFraction = fractionOf(goal, { step, messages, time, gradients }) ?? 0;
  let stepsPerMs: number | null = null;
  let fractionPerMs: number | null = null;

  return {
    update: (event) => {
      time = event.time;
      if (event.kind === 'assigned') gradients += event.gradients ?? 1;
      else if (event.kind === 'received') messages += 1;
      else if (event.kind === 'stepped') step = event.step;
      else if (event.kind === 'evaluated') scores = event.scores;
    },
    sample: () => {
      const nowMs = now();
      const elapsed = nowMs - sampledMs;
      const fraction = fractionOf(goal, { step, messages, time, gradients });
      if (elapsed > 0 && (step > sampledStep || stepsPerMs !== null)) {
        const loss = elapsed / (elapsed + MEMORY_MS);
        stepsPerMs = smoothed(stepsPerMs, (step - sampledStep) / elapsed, loss);
        fractionPerMs = smoothed(fractionPerMs, ((fraction ?? 0) - sampledFraction) / elapsed, loss);
        sampledMs = nowMs;
        sampledStep = step;
        sampledFraction = fraction ?? 0;
      }
      return {
        goal,
        step,
        messages,
        time,
        gradients,
        fraction,
        scores,
        stepsPerSecond: stepsPerMs === null ? null : 1000 * stepsPerMs,
        secondsLeft:
          fraction === null || fractionPerMs === null || fractionPerMs <= 0
            ? null
            : (1 - fraction) / fractionPerMs / 1000,
      };
    },
    state: () => ({ step, messages, time, gradients, scores }),
  };
};

const smoothed = (average: number | null, value: number, loss: number): number =>
  average === null ? value : average + loss * (value - average);

const fractionOf = (goal: ProgressGoal, done: Omit<ProgressCounts, 'scores'>): number | null => {
  const fractions: number[] = [];
  if (goal.steps !== undefined) fractions.push(share(done.step, goal.steps));
  if (goal.messages !== undefined) fractions.push(share(done.messages, goal.messages));
  if (goal.time !== undefined) fractions.push(share(done.time, goal.time));
  if (goal.gradients !== undefined) fractions.push(share(done.gradients, goal.gradients));
  return fractions.length === 0 ? null : Math.max(...fractions);
};

const share = (done: number, all: number): number => (done >= all ? 1 : done / all);

/**
 * Progress in one line, at most `width` characters: `step 1200/3750  32 %  t = 12.3 s  accuracy 94.1 %  85 steps/s  31 s left`.
 * Where it is too long, the percentage goes first, then the speed, virtual time, the score, the time left. `metric` is the score to show, by default the first.
 */
export const progressLine = (state: ProgressState, width = Infinity, metric = Object.keys(state.scores)[0]): string => {
  const { goal, step, time, fraction, scores, stepsPerSecond, secondsLeft } = state;
  const score = metric === undefined ? undefined : scores[metric];
  const parts = [
    { dispensable: 0, text: `step ${step}${goal.steps === undefined ? '' : `/${goal.steps}`}` },
    { dispensable: 5, text: fraction === null ? '' : `${Math.floor(100 * fraction)} %` },
    { dispensable: 3, text: `t = ${duration(time)}` },
    {
      dispensable: 2,
      text: metric === undefined || score === undefined ? '' : `${metric} ${scoreText(metric, score)}`,
    },
    { dispensable: 4, text: stepsPerSecond === null ? '' : `${rateText(stepsPerSecond)} steps/s` },
    { dispensable: 1, text: secondsLeft === null ? '' : `${leftText(secondsLeft)} left` },
  ].filter(({ text }) => text !== '');
  for (let kept = 5; kept >= 0; kept--) {
    const line = parts
      .filter(({ dispensable }) => dispensable <= kept)
      .map(({ text }) => text)
      .join('  ');
    if (line.length <= width) return line;
  }
  return parts[0]!.text.slice(0, Math.max(0, width));
};

const rateText = (rate: number): string => (rate >= 10 ? String(Math.round(rate)) : rate.toPrecision(2));

const leftText = (seconds: number): string => (seconds < 59.5 ? `${Math.ceil(seconds)} s` : duration(1000 * seconds));
