import { basename, extname } from 'node:path';
import { InputError } from '../scenario/input-error.js';
import { objectSource, yamlSource, type Source } from '../scenario/source.js';
import { importModule, readText } from './import-module.js';

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
    const module = await importModule(file);
    const value = module.default ?? module.scenario;
    if (typeof value !== 'object' || value === null)
      throw new InputError(`${file}: exports no scenario; export one as default`);
    return objectSource(named(value, name), file);
  }
  throw new InputError(`${file === '' ? 'command line' : file}: a scenario is a .yaml, .yml, .json, .ts or .js file`);
};
