import type { Scenario, speedVariables } from '../schema.js';

/** A worker, before it has a speed. */
export interface Member {
  readonly byzantine: boolean;
  readonly variables: Readonly<Record<(typeof speedVariables)[number], number>>;
}

/** Who is Byzantine, and each worker's 1-based id within its group. */
export const members = ({ workers: { count, byzantine } }: Scenario): readonly Member[] => {
  const liars = new Set(
    typeof byzantine === 'number' ? Array.from({ length: byzantine }, (_, i) => count - i) : byzantine,
  );
  const seen = { true: 0, false: 0 };
  return Array.from({ length: count }, (_, i) => {
    const byzantine = liars.has(i + 1);
    const id = (seen[`${byzantine}`] += 1);
    const group = byzantine ? liars.size : count - liars.size;
    return { byzantine, variables: { id, group, byzantine: Number(byzantine) } };
  });
};
