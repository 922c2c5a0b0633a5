import { lastValueFrom } from 'rxjs';
import { buildRun, readWith, resolveScenario, simulate, traceHash } from '../../src/index.js';
import type { ScenarioInput, Surroundings } from '../../src/index.js';
import { plain, simd, type KernelKind, type KernelSource } from '../../src/kernels/index.js';

/** The trace hash of every scenario, by its name. */
export type TraceHashes = Readonly<Record<string, string>>;

/** What is asked of an environment; plain data. */
export interface Task {
  readonly scenarios: readonly ScenarioInput[];
  readonly kernels: KernelKind;
}

/** @throws Error where SIMD is asked for and missing: plain loops in its place would prove nothing. */
const kernelsOf = async (kind: KernelKind): Promise<KernelSource> => {
  if (kind === 'plain') return plain;
  const source = await simd();
  if (!source) throw new Error('there is no WebAssembly SIMD here');
  return source;
};

/** Simulates the scenarios one after another, in Node or in a browser. */
export const traceHashes = async (
  { scenarios, kernels }: Task,
  surroundings: Partial<Surroundings> = {},
): Promise<TraceHashes> => {
  const around = { directory: '/nowhere', ...surroundings, kernels: await kernelsOf(kernels) };
  const hashes: Record<string, string> = {};
  for (const scenario of scenarios) {
    const { plan, protocol } = await buildRun(resolveScenario(scenario), around);
    hashes[scenario.name] = await lastValueFrom(simulate(plan, protocol).pipe(readWith(traceHash)));
  }
  return hashes;
};
