import type { SparseRows } from '../dataset.js';
import { scanDecimal } from './scan-decimal.js';

/** Rows of a LIBSVM file, with the labels as they stand there. */
export interface LibsvmRows {
  readonly count: number;
  /** `features` is the number of columns asked for, else the largest index that occurs. */
  readonly inputs: SparseRows;
  readonly labels: Float64Array;
}

/** What a LIBSVM file is held against. */
export interface LibsvmOptions {
  /** Number of columns; larger indices are errors. */
  readonly features?: number | undefined;
  /** Whether labels must be classes, that is whole numbers; else any finite number. */
  readonly classes: boolean;
}

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const HASH = 35;
const COLON = 58;
const LARGEST_INDEX = 2 ** 31 - 1;

const isSpace = (byte: number | undefined): boolean => byte === SPACE || byte === TAB || byte === RETURN;

const countOf = (bytes: Uint8Array, byte: number): number => {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === byte) count++;
  return count;
};

/** The word at `from`, shortened, for a message. */
const wordAt = (bytes: Uint8Array, from: number): string => {
  let end = from;
  while (end < bytes.length && end < from + 20 && bytes[end] !== NEWLINE && !isSpace(bytes[end])) end++;
  return JSON.stringify(new TextDecoder().decode(bytes.subarray(from, end)));
};

/** Walks through the lines of LIBSVM text, from label to index to value; throws an Error that names file and line. */
const libsvmScanner = (bytes: Uint8Array, file: string) => {
  const number = { value: 0, end: 0 };
  let at = 0;
  let line = 1;

  const endsHere = (place: number): boolean =>
    place >= bytes.length || bytes[place] === NEWLINE || bytes[place] === HASH;

  const fail = (expected: string): never => {
    throw new Error(`${file}, line ${line}: found ${wordAt(bytes, at)}, expected ${expected}.`);
  };

  return {
    fail,
    atEnd: (): boolean => at >= bytes.length,
    /** Goes to the next word; false at the end of the line or at a comment. */
    word: (): boolean => {
      while (isSpace(bytes[at])) at++;
      return !endsHere(at);
    },
    /** The number here, which must be followed by a colon. Stays in place. */
    index: (): number => {
      scanDecimal(bytes, at, number);
      return number.end > at && bytes[number.end] === COLON ? number.value : fail('index:value');
    },
    /** Goes on to behind the colon of the index that has just been read. */
    passColon: (): void => {
      at = number.end + 1;
    },
    /** The number here, which must end the word. Stays in place. */
    number: (expected: string): number => {
      scanDecimal(bytes, at, number);
      const whole = number.end > at && (endsHere(number.end) || isSpace(bytes[number.end]));
      return whole ? number.value : fail(expected);
    },
    /** Goes on to behind the number that has just been read. */
    passNumber: (): void => {
      at = number.end;
    },
    nextLine: (): void => {
      while (at < bytes.length && bytes[at] !== NEWLINE) at++;
      at++;
      line++;
    },
  };
};

/**
 * Reads LIBSVM text (Chang & Lin 2011): a label and `index:value` pairs per line, 1-based indices ascending; `#` starts a
 * comment; blank lines are skipped; zeros aren't kept. Columns of the result are 0-based.
 * Throws an Error that names `file` and line when a line isn't of that form.
 */
export const parseLibsvm = (bytes: Uint8Array, file: string, { features, classes }: LibsvmOptions): LibsvmRows => {
  const rows = countOf(bytes, NEWLINE) + 1;
  const entries = countOf(bytes, COLON);
  const labels = new Float64Array(rows);
  const starts = new Int32Array(rows + 1);
  const columns = new Int32Array(entries);
  const values = new Float64Array(entries);
  const limit = features ?? LARGEST_INDEX;
  const text = libsvmScanner(bytes, file);
  let count = 0;
  let kept = 0;
  let widest = 0;

  const readPair = (previous: number): number => {
    const index = text.index();
    if (!(Number.isInteger(index) && index >= 1 && index <= limit)) return text.fail(`an index from 1 to ${limit}`);
    if (index <= previous) return text.fail(`an index above ${previous}, the one before it`);
    text.passColon();
    const value = text.number('a finite number as value');
    text.passNumber();
    if (value !== 0) {
      columns[kept] = index - 1;
      values[kept++] = value;
    }
    return index;
  };

  const readRow = (): void => {
    const label = text.number('a label, which is a finite number');
    if (classes && !Number.isInteger(label)) text.fail('a whole number as class');
    text.passNumber();
    labels[count++] = label;
    let previous = 0;
    while (text.word()) {
      previous = readPair(previous);
    }
    widest = Math.max(widest, previous);
    starts[count] = kept;
  };

  while (!text.atEnd()) {
    if (text.word()) readRow();
    text.nextLine();
  }
  if (count === 0) throw new Error(`${file}: holds no rows, expected a label and index:value pairs on each line.`);
  return {
    count,
    inputs: {
      kind: 'sparse',
      features: features ?? widest,
      starts: starts.slice(0, count + 1),
      columns: columns.slice(0, kept),
      values: values.slice(0, kept),
    },
    labels: labels.slice(0, count),
  };
};
