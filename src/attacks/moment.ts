import { formulaOption } from '../registry/formula.js';
import type { AttackView } from './attack.js';

/** What formulas of the run's moment may use. */
const variables = ['step', 'time', 'norm'] as const;

/** The same at the run's start, where formulas are tried. */
export const start: Readonly<Record<string, number>> = { step: 0, time: 0, norm: 0 };

/** The schema of an option that is a formula of the moment at which a lie is told. */
export const momentOption = (description: string) =>
  formulaOption(
    variables,
    `${description}: server steps so far, virtual milliseconds, and the length of the server’s last step`,
  );

/** Reads the moment from a view whose knowledge is `honest` or more, into what it returns: the same each time. */
export const momentReader = (): ((view: AttackView) => Readonly<Record<string, number>>) => {
  const moment = { step: 0, time: 0, norm: 0 };
  return ({ step, time, progress }) => {
    moment.step = step;
    moment.time = time;
    moment.norm = progress!.norm;
    return moment;
  };
};
