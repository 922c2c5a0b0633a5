import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InputError } from '../scenario/input-error.js';

/** Why a file couldn't be read or loaded, in a few words. */
export const fileReason = (error: unknown, wanted = 'a scenario file'): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return `this is a folder; ${wanted} is needed`;
  if (code === 'EACCES') return 'it may not be read';
  return error instanceof Error ? error.message.split('\n')[0]! : String(error);
};

/** Reads a text file. @throws InputError when it can't be read. */
export const readText = async (file: string, wanted?: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new InputError(`${file}: ${fileReason(error, wanted)}`, { cause: error });
  }
};

const own = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** So that a module anywhere may import `tardigrade`: it gets the one that runs it. */
const alias = {
  'tardigrade/threads': own('../threads/index.js'),
  'tardigrade/testing': own('../testing/index.js'),
  tardigrade: own('../index.js'),
  // Scenarios are written with it, wherever they lie. What begins alike comes first.
  'rxjs/operators': fileURLToPath(import.meta.resolve('rxjs/operators')),
  rxjs: fileURLToPath(import.meta.resolve('rxjs')),
};

/** What a `.ts`, `.js` or `.mjs` module exports; `wanted` says what it is needed for. @throws InputError when it can't be read or loaded. */
export const importModule = async (file: string, wanted?: string): Promise<Readonly<Record<string, unknown>>> => {
  await readText(file, wanted);
  try {
    const { createJiti } = await import('jiti');
    const jiti = createJiti(import.meta.url, { moduleCache: false, interopDefault: false, alias });
    return await jiti.import<Readonly<Record<string, unknown>>>(pathToFileURL(resolve(file)).href);
  } catch (error) {
    throw new InputError(`${file}: this module can't be loaded: ${fileReason(error)}`, { cause: error });
  }
};
