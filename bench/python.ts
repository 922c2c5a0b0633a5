import { spawnSync } from 'node:child_process';

/** Where a Python may be: the user's word, the first on the path, the system's own. */
const candidates = [process.env.PYTHON, 'python3', '/usr/bin/python3'];

/** A module of Python that we measure ourselves beside. */
export interface PythonModule {
  /** What people call it. */
  readonly name: string;
  /** What Python imports. */
  readonly module: string;
  /** Debian's package that has it. */
  readonly debian: string;
}

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

/** What to say of a module that no Python here can import. */
export const notInstalled = ({ name, debian }: PythonModule): string => `${name} isn’t installed (Debian: ${debian})`;

export const simpy: PythonModule = { name: 'SimPy', module: 'simpy', debian: 'python3-simpy' };
export const numpy: PythonModule = { name: 'NumPy', module: 'numpy', debian: 'python3-numpy' };
export const pytorch: PythonModule = { name: 'PyTorch', module: 'torch', debian: 'python3-torch' };
