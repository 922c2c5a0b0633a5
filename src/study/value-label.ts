/** Longer labels would fill the page. */
const LONGEST = 60;

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A part with its options: `little (z 1.5)`; a chain of rules by its names: `nnm + krum (f 2)`. */
const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(textOf).join(' + ');
  if (!isMapping(value)) return wordOf(value);
  const { kind, base, ...options } = value;
  if (kind === undefined) return JSON.stringify(value);
  const told = Object.entries(options).map(
    ([key, option]) => `${key} ${isMapping(option) ? textOf(option) : wordOf(option)}`,
  );
  const own = told.length === 0 ? wordOf(kind) : `${wordOf(kind)} (${told.join(', ')})`;
  return base === undefined ? own : `${own} + ${textOf(base)}`;
};

/** What a value of an axis is called in tables, figures and files. */
export const valueLabel = (value: unknown): string => {
  const text = textOf(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
};
