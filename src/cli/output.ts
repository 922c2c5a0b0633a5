import { DeadlockError } from '../engine/deadlock-error.js';
import { InputError } from '../scenario/input-error.js';
import { StalledError } from '../scheduler/stalled-error.js';
import { exitCode } from './exit-code.js';

/** Writes to standard error: messages and progress never mix with results. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** Writes a result to standard output. */
export const print = (text: string): void => {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
};

/** Tells an error in one sentence and returns the exit code that goes with it. */
export const tell = (error: unknown): number => {
  if (error instanceof InputError) {
    say(`tardigrade: ${error.message}`);
    return exitCode.input;
  }
  if (error instanceof StalledError || error instanceof DeadlockError) {
    say(`tardigrade: the simulation cannot go on: ${error.message}`);
    return exitCode.stuck;
  }
  const reason = error instanceof Error ? error.message : String(error);
  say(`tardigrade: internal error, please report it: ${reason}`);
  if (process.env.TARDIGRADE_DEBUG && error instanceof Error) say(String(error.stack));
  return exitCode.program;
};
