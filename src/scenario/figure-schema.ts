import { z } from 'zod';
import { keys } from './keys.js';

/** What curves can be drawn against. */
export const crosswise = ['steps', 'time', 'messages', 'bytes', 'gradients', 'passes'] as const;

const panel = keys('a panel', {
  title: z.string().min(1).max(80).optional().describe('stands above the panel'),
  runs: z
    .array(z.string())
    .min(1)
    .refine((all) => new Set(all).size === all.length, 'the same run is named twice')
    .optional()
    .describe('names of the runs that it shows, as the legend has them; all unless given'),
  score: z
    .string()
    .optional()
    .describe('what is drawn: a score, or another column of metrics.jsonl; the metric unless given'),
  against: z.enum(crosswise).default('steps').describe('what it is drawn against'),
  scale: z.enum(['linear', 'log']).optional().describe('of the upright axis; as the values ask for unless given'),
  range: z
    .tuple([z.number(), z.number()])
    .refine(([low, high]) => low < high, 'the first number must be below the second')
    .optional()
    .describe('least and largest value on the upright axis, in its units (per cent where it is in per cent)'),
}).superRefine(({ scale, range }, context) => {
  if (scale === 'log' && range && range[0] <= 0)
    context.addIssue({
      code: 'custom',
      path: ['range'],
      message: `a log axis lies above 0, and this begins at ${range[0]}`,
    });
});

/** The `figure` of a scenario. */
export const figureSchema = keys('figure', {
  panels: z.array(panel).min(1).max(24).describe('the panels, side by side'),
});

export type FigureLayout = z.output<typeof figureSchema>;
export type PanelLayout = FigureLayout['panels'][number];
