import { clipped } from '../registry/found.js';

/** What is chosen of each line: the column or key of that name, the column with that number from 1, or all of it. */
export type Column = string | number | undefined;

/** The cells of a line of comma-separated values (RFC 4180, without line breaks in quotes); undefined where quotes don't close. */
const cellsOf = (line: string): readonly string[] | undefined => {
  const cell = /\s*(?:"((?:[^"]|"")*)"|([^",]*))\s*(,|$)/y;
  const cells: string[] = [];
  for (;;) {
    const found = cell.exec(line);
    if (!found) return undefined;
    const [, quoted, plain, end] = found;
    cells.push(quoted === undefined ? plain!.trim() : quoted.replaceAll('""', '"'));
    if (end === '') return cells;
  }
};

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** What stands in a file's lines for one value; undefined where nothing does. */
type Cell = (line: string, fail: (sentence: string) => never) => string | number | undefined;

const jsonCell =
  (column: Column): Cell =>
  (line, fail) => {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return fail(`found "${clipped(line)}", which is not JSON`);
    }
    if (column !== undefined) {
      if (typeof value !== 'object' || value === null)
        return fail(`found "${clipped(line)}"; an object is needed, since "${column}" is asked for`);
      value = Object.hasOwn(value, column) ? (value as Readonly<Record<string, unknown>>)[column] : undefined;
    }
    return typeof value === 'number' || value === undefined ? value : JSON.stringify(value);
  };

const csvCell =
  (place: number): Cell =>
  (line, fail) =>
    (cellsOf(line) ?? fail(`found "${clipped(line)}", in which a quotation mark doesn't close`))[place];

/**
 * The delays in a file of JSON Lines (`.jsonl`, `.ndjson`) or comma-separated values, one a line; of the latter, the first line
 * is a header if the column is given by name. Blank lines at the end are skipped.
 * @throws RangeError with file and line for the first entry that is missing, no number, negative or infinite.
 */
export const parseColumn = (text: string, file: string, column: Column): Float64Array => {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  const failAt =
    (line: number) =>
    (sentence: string): never => {
      throw new RangeError(`${file}, line ${line + 1}: ${sentence}`);
    };
  const json = /\.(jsonl|ndjson)(\.gz)?$/i.test(file);
  const named = !json && typeof column === 'string';
  let cell = json ? jsonCell(column) : csvCell(typeof column === 'number' ? column - 1 : 0);
  if (named && lines.length > 0) {
    const header = cellsOf(lines[0]!) ?? [];
    const place = header.indexOf(column);
    if (place === -1) failAt(0)(`there is no column "${clipped(column)}"; columns are ${header.join(', ')}`);
    if (header.lastIndexOf(column) > place)
      failAt(0)(`the column "${clipped(column)}" is there twice; give its number instead`);
    cell = csvCell(place);
  }
  const what =
    column === undefined ? 'a delay' : `a delay in ${typeof column === 'number' ? 'column ' : ''}"${column}"`;
  const values: number[] = [];
  for (let line = named ? 1 : 0; line < lines.length; line++) {
    const fail = failAt(line);
    const found = lines[line]!.trim() === '' ? undefined : cell(lines[line]!, fail);
    if (found === undefined || found === '') return fail(`${what} is missing`);
    const value = typeof found === 'number' ? found : decimal.test(found) ? Number(found) : NaN;
    if (!(value >= 0 && value < Infinity))
      return fail(
        `found ${typeof found === 'number' ? found : `"${clipped(found)}"`} for ${what}; it must be a finite number >= 0`,
      );
    values.push(value);
  }
  if (values.length === 0) throw new RangeError(`${file}: holds no delays; one a line is needed`);
  return Float64Array.from(values);
};
