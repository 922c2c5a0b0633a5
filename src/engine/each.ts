/** What each worker has of a kind, by its number from 0; what all have in common is kept once, and found without looking it up. */
export const each = <T>(values: readonly T[]): ((worker: number) => T) => {
  const first = values[0]!;
  return values.every((value) => value === first) ? () => first : (worker) => values[worker]!;
};
