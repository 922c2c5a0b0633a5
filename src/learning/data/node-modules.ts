/** What offers Node's modules, where there is one: `process`. */
interface Host {
  readonly process?: Partial<Pick<NodeJS.Process, 'getBuiltinModule'>>;
}

/**
 * What reading files needs of Node. Asked for at run time and not imported, so that whoever bundles the library for a
 * browser needs no stand-ins. @throws Error that says what to do where there is no Node.
 */
export const nodeModules = (host: Host = globalThis) => {
  const find = host.process?.getBuiltinModule;
  if (!find)
    throw new Error('Data files are read in Node only; take a data set that is generated, such as digits, instead.');
  return {
    readFile: find('node:fs/promises').readFile,
    path: find('node:path'),
    gunzip: find('node:util').promisify(find('node:zlib').gunzip),
  };
};
