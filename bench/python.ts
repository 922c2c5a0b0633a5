import { spawnSync } from 'node:child_process';

/** Where a Python may be: the user's word, the first on the path, the system's own. */
const candidates = [process.env.PYTHON, 'python3', '/usr/bin/python3'];

/** A Python that has a module, with the module's version; undefined where none has. */
export const pythonWith = (module: string): { readonly python: string; readonly version: string } | undefined => {
  for (const python of candidates) {
    if (python === undefined) continue;
    const { status, stdout } = spawnSync(python, ['-c', `import ${module}; print(${module}.__version__)`], {
      encoding: 'utf8',
    });
    if (status === 0) return { python, version: stdout.trim() };
  }
  return undefined;
};
