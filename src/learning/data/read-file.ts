import { nodeModules } from './node-modules.js';

/** What a data file holds, unpacked, and where it was found. */
export interface DataFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);

const readBytes = async (path: string): Promise<Uint8Array | undefined> => {
  const { readFile } = nodeModules();
  try {
    return await readFile(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new Error(`${path}: cannot be read as a file (${code}).`, { cause: error });
  }
};

const unpack = async (path: string, bytes: Uint8Array): Promise<Uint8Array> => {
  const { gunzip } = nodeModules();
  try {
    return await gunzip(bytes);
  } catch (error) {
    throw new Error(`${path}: is not a whole gzip file (${error instanceof Error ? error.message : String(error)}).`, {
      cause: error,
    });
  }
};

/**
 * Reads `name`, or else `name.gz`, in `directory` (an absolute `name` stands for itself), unpacked where it ends in `.gz`;
 * `undefined` when neither is there. Throws an Error that names the file when it can't be read or unpacked.
 */
export const readDataFileIfPresent = async (directory: string, name: string): Promise<DataFile | undefined> => {
  const { path: paths } = nodeModules();
  for (const candidate of name.endsWith('.gz') ? [name] : [name, `${name}.gz`]) {
    const path = paths.resolve(directory, candidate);
    const bytes = await readBytes(path);
    if (bytes !== undefined) return { path, bytes: candidate.endsWith('.gz') ? await unpack(path, bytes) : bytes };
  }
  return undefined;
};

/** As `readDataFileIfPresent`, but throws an Error that says where it looked and what to do when the file isn't there. */
export const readDataFile = async (directory: string, name: string): Promise<DataFile> => {
  const { path: paths } = nodeModules();
  const file = await readDataFileIfPresent(directory, name);
  if (file !== undefined) return file;
  const tried = name.endsWith('.gz') ? name : `${name} or ${name}.gz`;
  throw new Error(
    paths.isAbsolute(name)
      ? `There is no file ${tried}.`
      : `There is no file ${tried} in ${paths.resolve(directory)}: name the folder of the data with --data DIR or in TARDIGRADE_DATA.`,
  );
};
