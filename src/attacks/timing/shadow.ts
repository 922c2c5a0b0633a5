import { z } from 'zod';
import { instantOption, parseInstant } from '../../registry/duration.js';
import { definePart } from '../../registry/part.js';
import { bySpeed, workerOf, type TimingRule, type Whose } from './timing.js';

export interface ShadowOptions {
  readonly victim: Whose;
  /** Time from the victim's arrival to theirs. */
  readonly after: number | string;
}

/** Byzantine workers hold their messages back at the server's door until one of the victim's has arrived, and arrive `after` it. */
export const shadow = ({ victim, after }: ShadowOptions): TimingRule => {
  const span = parseInstant(after);
  if (span === undefined) throw new RangeError(`after: "${after}" is no time >= 0, such as 1ms or 0`);
  return (crew) => {
    const { speeds, byzantine } = crew;
    const honest = bySpeed(crew);
    const followed =
      typeof victim === 'number' ? workerOf(victim, crew) : (victim === 'fastest' ? honest[0] : honest.at(-1))!;
    return {
      hold: (worker) => (worker !== followed && byzantine(worker) ? Infinity : 0),
      *follow(worker) {
        if (worker !== followed) return;
        for (const follower of speeds.keys()) if (follower !== followed) yield [follower, span];
      },
      ...(typeof victim === 'number' ? { honest: { option: 'victim', workers: [followed] } } : {}),
      until: `until one of worker ${followed + 1} arrives`,
    };
  };
};

export const shadowPart = definePart({
  summary: 'Byzantine workers arrive just after a victim, and no sooner.',
  source: 'A worker that replaces an honest step as soon as it is made; plain definition',
  parameters: z.strictObject({
    victim: z
      .union([z.enum(['fastest', 'slowest']), z.int().min(1)])
      .default('fastest')
      .describe('whom they follow: the fastest or the slowest honest worker, or one by its id'),
    after: instantOption('how much later than the victim they arrive').default('0ms'),
  }),
  create: shadow,
});
