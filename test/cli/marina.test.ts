import test from 'ava';
import type { MarinaNumbers } from '../../src/scenario/marina-report.js';
import { folderWithTiny, readJson, tardigrade } from './process.js';

const gaussian = { kind: 'gaussian', rows: 64, testRows: 10, features: 4 };
const method = { kind: 'byz-vr-marina-pp', lr: 1e-4, sample: 4, clip: 'none' };
const scenario = {
  learn: { data: gaussian, model: { kind: 'logistic', l2: 0.1, bias: false }, batch: 8 },
  workers: { count: 8, byzantine: 1 },
  network: { compute: 1 },
  protocol: 'synchronous',
  attack: 'shift-back',
  method,
  aggregator: 'gm',
  stop: { steps: 40 },
  measure: { optimum: true },
};

interface Summary {
  readonly theory: MarinaNumbers;
  readonly gradients: number;
  readonly passes: number;
  readonly virtualTimeMs: number;
  readonly traffic: { readonly bytesUp: number };
}

test.serial('what theory says of a run is printed and written', async (t) => {
  const cwd = await folderWithTiny(t, scenario);
  const run = async (...overrides: readonly string[]) => {
    const { code, stdout, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', ...overrides, '--out', 'out', '--quiet');
    t.is(code, 0, stderr);
    return { stdout, summary: (await readJson(cwd, 'out', 'summary.json')) as unknown as Summary };
  };
  // 1 of 4 may be Byzantine: δ = 1/4, and every sample is good.
  const plain = await run();
  t.regex(plain.stdout, /\ntheory:\n {2}L = [\d.]+, μ = 0\.1; probability 0\.125 \(suggested: 0\.125\)\n/);
  t.regex(
    plain.stdout,
    /\n {2}theorem 4\.2 \(clip [\d.]+\): A = [\d.]+; theory allows γ up to [\de.-]+ for a linear rate\n/,
  );
  const { theory, traffic, gradients, passes, virtualTimeMs } = plain.summary;
  t.deepEqual([theory.delta, theory.applies, theory.allowed, theory.lengthBound], [0.25, '4.2', true, 1]);
  t.true(theory.good! > 1 - 1e-12 && theory.rate! > 0 && theory.rounds! > 0);
  // Rounds of full gradients take 8 s and 8 messages of 8 gradients, others 2 s and 4 messages of 2; each message has 32 bytes.
  const full = (virtualTimeMs / 1000 - 2 * 40) / 6;
  t.true(Number.isInteger(full) && full > 1 && full < 20);
  t.is(gradients, full * 64 + (40 - full) * 8);
  t.is(passes, (gradients * 8) / (64 * 7));
  t.is(traffic.bytesUp, 32 * (full * 8 + (40 - full) * 4));

  const told = await run('measure.theory={delta: 0.25, c: 4}');
  t.is(told.summary.theory.robustness, 1);
  t.true(told.stdout.includes('cδ = 1, as the scenario says'));

  // ω = 3, D_Q = 4 and ζ_Q = 1 of 4 numbers; a message of differences has 64 + 2 bits, in 9 bytes.
  const packed = await run('network.compression={kind: randk, k: 1}', 'learn.batch=32');
  t.is(packed.summary.theory.suggestedProbability, 0.25);
  t.is(packed.summary.theory.theorems!['4.2']!.clip, 4 * theory.smoothness);
  t.true(packed.summary.theory.theorems!['4.2']!.constant > theory.theorems!['4.2']!.constant);
  const dense = (packed.summary.gradients - 40 * 8) / (16 - 8);
  t.is(packed.summary.traffic.bytesUp, dense * 8 * 32 + (40 - dense) * 4 * 9);

  const formula = await run('method.lr=1e-4 / t');
  t.is(formula.summary.theory.allowed, undefined);
  t.is(formula.summary.theory.applies, '4.2');
  t.true(formula.summary.theory.theorems!['4.2']!.linearStepSize > 0);
});

test.serial('runs of one command that learn the same have the same optimum, alone or together', async (t) => {
  const cwd = await folderWithTiny(t, { ...scenario, replications: 2, compare: { clipped: { 'method.clip': 1 } } });
  const gapsOf = async (...path: readonly string[]): Promise<unknown> =>
    (await readJson(cwd, ...path, 'summary.json')).final;
  t.is((await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'all', '--quiet')).code, 0);
  const alone = ['method.clip=1', 'compare={}', 'replications=1', '--out', 'one', '--quiet'];
  t.is((await tardigrade(cwd, 'run', 'tiny.yaml', ...alone)).code, 0);
  const final = JSON.stringify(await gapsOf('one'));
  t.true(final.includes('suboptimality'), final);
  const together = JSON.stringify(await readJson(cwd, 'all', 'compare', 'clipped', 'summary.json'));
  const { suboptimality } = JSON.parse(final) as { readonly suboptimality: number };
  t.true(together.includes(String(suboptimality)));
});
