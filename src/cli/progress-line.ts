import { progressLine, type ProgressState } from '../report/index.js';

const moving = process.stderr.isTTY;

/** How often progress is shown, in milliseconds: a line that moves may do so often, plain lines are kept. */
const interval = moving ? 100 : 10_000;

/**
 * Shows what `lineOf` gives for a width on standard error: a moving line on a terminal, a plain line every now and then
 * elsewhere.
 */
export const showLine = (lineOf: (width: number) => string): { stop(): void } => {
  const show = (): void => {
    // A terminal that doesn’t tell its width says 0.
    const line = lineOf(moving ? (process.stderr.columns || 80) - 1 : Infinity);
    process.stderr.write(moving ? `\r\u001b[2K${line}` : `${line}\n`);
  };
  const timer = setInterval(show, interval);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      if (moving) process.stderr.write('\r\u001b[2K');
    },
  };
};

/** Shows a run's progress. */
export const showProgress = (label: string, sample: () => ProgressState, metric: string): { stop(): void } => {
  const prefix = label === '' ? '' : `${label}: `;
  return showLine((width) => `${prefix}${progressLine(sample(), width - prefix.length, metric)}`);
};
