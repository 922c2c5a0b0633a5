import { totalmem } from 'node:os';
import process from 'node:process';
import { plain, simd, type KernelSource } from '../kernels/index.js';
import { InputError } from '../scenario/input-error.js';
import { didYouMean } from '../scenario/nearest.js';
import type { Surroundings } from '../scenario/surroundings.js';
import { threads } from '../threads/index.js';

/** The options of the command line that say what a run is made with, and not what comes out. */
export interface MachineOptions {
  readonly data?: string;
  readonly threads?: string;
  readonly kernels?: string;
}

const kernelKinds = ['simd', 'plain'] as const;

/** @throws InputError for kernels that there aren't, here or at all. */
const kernelsOf = async (text: string | undefined): Promise<KernelSource | undefined> => {
  if (text === undefined) return undefined;
  if (text === 'plain') return plain;
  if (text !== 'simd')
    throw new InputError(
      `command line, --kernels: unknown kernels "${text}"; known are ${kernelKinds.join(' and ')}${didYouMean(text, kernelKinds)}`,
    );
  const source = await simd();
  if (!source) throw new InputError('command line, --kernels: this Node has no WebAssembly SIMD; use --kernels plain');
  return source;
};

/** More only cost memory, on any machine. */
const MOST_THREADS = 64;

/** @throws InputError for what is no number of threads. */
const threadsOf = (text: string | undefined): number => {
  if (text === undefined) return 1;
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > MOST_THREADS)
    throw new InputError(`command line, --threads: a whole number from 1 to ${MOST_THREADS} is needed, got "${text}"`);
  return count;
};

/** What runs are built with. @throws InputError for options out of their range. */
export const surroundingsOf = async (options: MachineOptions): Promise<Surroundings> => ({
  directory: options.data ?? process.env.TARDIGRADE_DATA ?? 'data',
  kernels: await kernelsOf(options.kernels),
  threads: threads(threadsOf(options.threads)),
  // Less than the machine's where the process is confined.
  memory: Math.min(totalmem(), process.constrainedMemory() || Infinity),
});
