import {
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
} from 'yaml';
import { InputError } from './input-error.js';
import type { Path } from './misfit.js';

/** A scenario as it was written, and where in the writing each key stands. */
export interface Source {
  /** The file's name, as the user gave it. */
  readonly name: string;
  /** The plain data in it. */
  readonly value: unknown;
  /** `file:line:column` of the key at `path`, or of the nearest key above it. */
  readonly locate: (path: Path) => string;
  /** Whether something was written at `path`. */
  readonly has: (path: Path) => boolean;
}

/** The offset of the deepest key along `path`. */
const offsetOf = (document: Document, path: Path): number => {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(part)];
      if (!isNode(item)) break;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return offset;
};

const has = (value: unknown, [key, ...rest]: Path): boolean =>
  key === undefined ||
  (typeof value === 'object' && value !== null && Object.hasOwn(value, key) && has(Reflect.get(value, key), rest));

/** Reads a YAML scenario. @throws InputError with file, line and column when it is no YAML mapping. */
export const yamlSource = (text: string, name: string): Source => {
  const lines = new LineCounter();
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    logLevel: 'error',
  });
  const [error] = document.errors;
  if (error) throw new InputError(`${place(error.pos[0])}: YAML syntax: ${error.message.split('\n')[0]!}`);
  if (document.contents === null) throw new InputError(`${name}: the file is empty; a scenario is needed`);
  if (!isCollection(document.contents) || !isMap(document.contents))
    throw new InputError(`${place(offsetOf(document, []))}: a mapping of keys to values is needed, such as "seed: 1"`);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new InputError(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  return { name, value, locate: (path) => place(offsetOf(document, path)), has: (path) => has(value, path) };
};

/** A scenario that a program gave. */
export const objectSource = (value: unknown, name: string): Source => ({
  name,
  value,
  locate: () => name,
  has: (path) => has(value, path),
});
