import type { Measurement } from './measurements.js';
import { timeUnit } from './time-unit.js';

/** What curves can be drawn against. */
export type Across = 'step' | 'time' | 'messages' | 'bytes' | 'gradients' | 'passes';

/** The level axis of a chart: where each point lies, in the axis' units, how far it goes, and how it is labelled. */
export interface LevelAxis {
  /** Of each curve, its points; the mean where several runs are drawn as one. */
  readonly xs: readonly (readonly number[])[];
  readonly end: number;
  readonly title: string;
  readonly ticks: { readonly tickMinStep?: number; readonly format?: string };
}

const counts = {
  step: 'server steps',
  messages: 'messages received',
  gradients: 'gradient evaluations (minibatches)',
} as const;

const byteUnits = [
  { name: 'GB', size: 1e9 },
  { name: 'MB', size: 1e6 },
  { name: 'kB', size: 1e3 },
];

const bytesAt = ({ bytesDown, bytesUp, bytesBetween }: Measurement): number =>
  (bytesDown ?? 0) + (bytesUp ?? 0) + (bytesBetween ?? 0);

/** The level axis of curves, each given as the measurements of its runs, those with one index belonging together. */
export const crosswise = (curves: readonly (readonly (readonly Measurement[])[])[], against: Across): LevelAxis => {
  const at = (point: Measurement): number => (against === 'bytes' ? bytesAt(point) : (point[against] ?? 0));
  const xs = curves.map((runs) =>
    runs[0]!.map((_, i) => runs.reduce((sum, points) => sum + at(points[i]!), 0) / runs.length),
  );
  const end = xs.flat().reduce((a, b) => Math.max(a, b), 0);
  if (against === 'step' || against === 'messages' || against === 'gradients')
    return { xs, end: end || 1, title: counts[against], ticks: { tickMinStep: 1 } };
  const inUnits = (title: string, size: number) => ({
    xs: xs.map((each) => each.map((x) => x / size)),
    ...{ end: end / size || 1, title, ticks: end / size < 10 ? { format: '~r' } : {} },
  });
  if (against === 'passes') return inUnits('passes over the data', 1);
  if (against === 'bytes') {
    const { name, size } = byteUnits.find((unit) => end >= 2 * unit.size) ?? { name: 'bytes', size: 1 };
    return inUnits(`bytes sent, both ways (${name})`, size);
  }
  const { name, ms } = timeUnit(end);
  return { ...inUnits(`virtual time (${name})`, ms), ticks: {} };
};
