import { readFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InputError } from '../scenario/input-error.js';
import { objectSource, yamlSource, type Source } from '../scenario/source.js';

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'this is a folder; a scenario file is needed';
  if (code === 'EACCES') return 'it may not be read';
  return error instanceof Error ? error.message.split('\n')[0]! : String(error);
};

const readText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new InputError(`${file}: ${reasonOf(error)}`, { cause: error });
  }
};

/** So that a module anywhere may import `tardigrade`: it gets the one that runs it. */
const ownEntry = fileURLToPath(new URL('../index.js', import.meta.url));
const ownThreads = fileURLToPath(new URL('../threads/index.js', import.meta.url));

/** A program that exports a scenario: its default export, or the one called `scenario`. */
const importModule = async (file: string): Promise<unknown> => {
  await readText(file);
  try {
    const { createJiti } = await import('jiti');
    const options = {
      moduleCache: false,
      interopDefault: false,
      alias: { 'tardigrade/threads': ownThreads, tardigrade: ownEntry },
    };
    const jiti = createJiti(import.meta.url, options);
    const module = await jiti.import<Readonly<Record<string, unknown>>>(pathToFileURL(resolve(file)).href);
    return module.default ?? module.scenario;
  } catch (error) {
    throw new InputError(`${file}: this module can't be loaded: ${reasonOf(error)}`, { cause: error });
  }
};

const named = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('name' in value)
    ? { name, ...value }
    : value;

/**
 * Reads a scenario from `.yaml`, `.yml`, `.json`, or from a `.ts`, `.js`, `.mjs` module that exports one. A scenario
 * without a name takes the file's.
 * @throws InputError when the file can't be read or holds no scenario.
 */
export const readScenario = async (file: string): Promise<Source> => {
  const extension = extname(file).toLowerCase();
  const name = basename(file, extname(file)).replaceAll(/[^\w.-]/g, '-');
  if (['.yaml', '.yml', '.json'].includes(extension)) {
    const source = yamlSource(await readText(file), file);
    return { ...source, value: named(source.value, name) };
  }
  if (['.ts', '.mts', '.js', '.mjs'].includes(extension)) {
    const value = await importModule(file);
    if (typeof value !== 'object' || value === null)
      throw new InputError(`${file}: exports no scenario; export one as default`);
    return objectSource(named(value, name), file);
  }
  throw new InputError(`${file === '' ? 'command line' : file}: a scenario is a .yaml, .yml, .json, .ts or .js file`);
};
