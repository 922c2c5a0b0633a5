import { closest, distance } from 'fastest-levenshtein';

/** The allowed word most like `word`, if any is at all like it. */
export const nearest = (word: string, allowed: readonly string[]): string | undefined => {
  if (allowed.length === 0) return undefined;
  const found = closest(word.toLowerCase(), [...allowed]);
  return distance(word.toLowerCase(), found) <= Math.max(2, Math.floor(found.length / 2)) ? found : undefined;
};

/** `; did you mean "aggregator"?`, or nothing. */
export const didYouMean = (word: string, allowed: readonly string[]): string => {
  const found = nearest(word, allowed);
  return found === undefined ? '' : `; did you mean "${found}"?`;
};
