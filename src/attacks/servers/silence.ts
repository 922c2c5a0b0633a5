import { z } from 'zod';
import { instantOption, parseInstant } from '../../registry/duration.js';
import { definePart } from '../../registry/part.js';
import type { ServerAttackRule } from './server-attack.js';

/** Byzantine servers send nothing to anybody from `at` on. @throws RangeError when that is no time. */
export const silence = ({ at }: { readonly at: number | string }): ServerAttackRule => {
  const from = parseInstant(at);
  if (from === undefined) throw new RangeError(`at: "${at}" is no time >= 0, such as 90s or 0`);
  return { lie: () => () => undefined, silent: (_step, time) => time >= from };
};

export const silencePart = definePart({
  summary: 'Byzantine servers send nothing from some time on.',
  formula: 'nothing',
  source: 'Mute failure: Doudou et al., "Muteness Failure Detectors", EDCC 1999',
  aliases: ['mute', 'silent', 'crash'],
  parameters: z.strictObject({ at: instantOption('from when on they send nothing').default(0) }),
  create: silence,
});
