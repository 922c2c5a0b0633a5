import type { Scores } from '../learning/objective.js';

/** A number as JSON can hold it: `null` stands for NaN and the infinities. */
export type JsonNumber = number | null;

/** Scores as JSON can hold them. */
export type JsonScores = Readonly<Record<string, JsonNumber>>;

/** The number itself if finite, else `null`; 0 for −0, which JSON does not know. */
export const jsonNumber = (value: number): JsonNumber => (Number.isFinite(value) ? value + 0 : null);

/** Every score as `jsonNumber`, in the order of their names' code units. */
export const jsonScores = (scores: Scores): JsonScores =>
  Object.fromEntries(
    Object.keys(scores)
      .sort()
      .map((name) => [name, jsonNumber(scores[name]!)]),
  );
