import { InputError } from '../scenario/input-error.js';
import { reasonOf } from '../scenario/misfit.js';
import { exitCode } from './exit-code.js';

/** Writes to standard error: messages and progress never mix with results. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** Writes a result to standard output. */
export const print = (text: string): void => {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
};

const oneLine = (text: string): string => text.replaceAll(/\s*[\r\n]\s*/g, ' ').trim();

/** Tells why a simulation could not go on, and returns the exit code that goes with it. */
export const tellStuck = (error: unknown, run?: string): number => {
  const reason = error instanceof Error ? reasonOf(error) : String(error);
  say(`tardigrade: the simulation${run === undefined ? '' : ` "${run}"`} cannot go on: ${oneLine(reason)}`);
  return exitCode.stuck;
};

/** Tells an error in one sentence and returns the exit code that goes with it. */
export const tell = (error: unknown): number => {
  if (error instanceof InputError) {
    say(`tardigrade: ${oneLine(error.message)}`);
    return exitCode.input;
  }
  const reason = error instanceof Error ? error.message : String(error);
  say(`tardigrade: internal error, please report it: ${oneLine(reason)}`);
  if (process.env.TARDIGRADE_DEBUG && error instanceof Error) say(String(error.stack));
  return exitCode.program;
};
