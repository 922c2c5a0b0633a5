import { type JsonNumber, jsonNumber, type JsonScores } from './json-number.js';

/** Means of scores by name, over `evaluations` evaluations. */
export interface LastFive {
  readonly evaluations: number;
  readonly [score: string]: JsonNumber;
}

/** Means of the last one's scores over some evaluations. */
export const meanScores = (evaluated: readonly JsonScores[]): LastFive => {
  const names = Object.keys(evaluated.at(-1) ?? {});
  const mean = (name: string): JsonNumber => {
    let sum = 0;
    for (const scores of evaluated) sum += scores[name] ?? NaN;
    return jsonNumber(sum / evaluated.length);
  };
  return { ...Object.fromEntries(names.map((name) => [name, mean(name)])), evaluations: evaluated.length };
};
