import { build } from 'esbuild';

/** A module and what it loads later, bundled for a browser: text by file name, the module itself first. */
export type Bundle = ReadonlyMap<string, string>;

/**
 * Bundles a compiled module with all that it needs, as a page would. @throws Error when anything is only there in Node:
 * nothing stands in for it, and nothing is left out.
 */
export const browserBundle = async (entry: string): Promise<Bundle> => {
  const { outputFiles, metafile } = await build({
    entryPoints: { main: entry },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    outdir: '/',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  // Left out in silence is what a package tries to load and can do without.
  const outside = Object.values(metafile.outputs).flatMap(({ imports }) => imports.filter(({ external }) => external));
  if (outside.length > 0) throw new Error(`left out of the bundle: ${outside.map(({ path }) => path).join(', ')}`);
  const files = outputFiles.map(({ path, text }) => [path.replace(/^.*[\\/]/, ''), text] as const);
  return new Map(files.sort(([a], [b]) => Number(b === 'main.js') - Number(a === 'main.js')));
};
