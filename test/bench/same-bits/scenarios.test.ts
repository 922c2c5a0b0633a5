import test from 'ava';
import { lastValueFrom } from 'rxjs';
import { sameBitsScenarios as scenarios } from '../../../bench/same-bits/scenarios.js';
import { traceHashes } from '../../../bench/same-bits/trace-hashes.js';
import { attacks } from '../../../src/attacks/index.js';
import { serverAttacks } from '../../../src/attacks/servers/index.js';
import { compressors } from '../../../src/compressors/index.js';
import { models } from '../../../src/learning/index.js';
import { methods } from '../../../src/methods/index.js';
import { distributions } from '../../../src/random/index.js';
import { readWith, traceHash } from '../../../src/report/index.js';
import { resolveScenario } from '../../../src/scenario/resolve.js';
import { runScenario } from '../../../src/scenario/run-scenario.js';
import { sliced } from '../../../src/scheduler/pace.js';
import { switchings } from '../../../src/switching/index.js';
import { aggregators, operators } from '../../../src/weighted/index.js';

const resolved = scenarios.map(resolveScenario);

/** Every `kind` in plain data. */
const kindsIn = (data: unknown): readonly string[] => {
  if (typeof data !== 'object' || data === null) return [];
  const own = 'kind' in data && typeof data.kind === 'string' ? [data.kind] : [];
  return [...own, ...Object.values(data).flatMap(kindsIn)];
};

test('scenarios have names of their own', (t) => {
  t.is(new Set(scenarios.map(({ name }) => name)).size, scenarios.length);
});

for (const [what, registry, used] of [
  ['model', models, resolved.map(({ learn }) => learn.model)],
  ['rule', { ...aggregators, ...operators }, resolved.map(({ aggregator }) => aggregator)],
  ['attack', attacks, resolved.map(({ attack }) => attack)],
  ['attack of servers', serverAttacks, resolved.map(({ servers }) => servers?.attack)],
  ['way of turning', switchings, resolved.map(({ workers }) => workers.byzantine)],
  ['compressor', compressors, resolved.map(({ network }) => network?.compression)],
  ['method', methods, resolved.map(({ method }) => method)],
] as const)
  test(`every ${what} is in some scenario`, (t) => {
    const kinds = kindsIn(used);
    t.deepEqual(
      Object.keys(registry).filter((kind) => !kinds.includes(kind)),
      [],
      'add them to bench/same-bits/scenarios.ts',
    );
  });

test('every distribution is a delay in some scenario', (t) => {
  const delays = resolved.flatMap(({ network }) => Object.values(network ?? {}).map(String));
  const missing = Object.keys(distributions).filter((name) => !delays.some((text) => text.startsWith(`${name}(`)));
  // A constant is written as a number.
  t.deepEqual(missing, ['constant']);
});

for (const scenario of scenarios)
  test(`${scenario.name}: the same again, in slices and beside other runs`, async (t) => {
    const hash = (await traceHashes({ scenarios: [scenario], kernels: 'simd' }))[scenario.name]!;
    const slices = runScenario(scenario, { directory: '/nowhere' }, sliced(1));
    t.regex(hash, /^[0-9a-f]{64}$/);
    t.is(await lastValueFrom(slices.pipe(readWith(traceHash))), hash);
  });

test('another seed is another run', async (t) => {
  const scenario = scenarios.find(({ name }) => name === 'linear')!;
  const hashes = await Promise.all(
    [1, 2].map((seed) => traceHashes({ scenarios: [{ ...scenario, seed }], kernels: 'plain' })),
  );
  t.not(hashes[0]!.linear, hashes[1]!.linear);
});
