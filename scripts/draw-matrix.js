// Runs scenarios/attacks/matrix.yaml and writes docs/attack-matrix.md and its figure: what came out beside what theory allows.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { format, resolveConfig } from 'prettier';
import { numberText } from '../dist/src/report/index.js';
import { cellsOf } from '../dist/src/study/index.js';
import { beyond, HARM, matrixSource, theoryOf, YARDSTICK } from '../dist/test/study/attack-matrix.js';

const page = 'docs/attack-matrix.md';
const figures = join('docs', 'figures', 'attacks');
const out = mkdtempSync(join(tmpdir(), 'matrix-'));
let study;
try {
  execFileSync(process.execPath, ['dist/src/cli/main.js', 'sweep', 'scenarios/attacks/matrix.yaml', '--out', out], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  study = JSON.parse(readFileSync(join(out, 'study.json'), 'utf8'));
  mkdirSync(figures, { recursive: true });
  copyFileSync(join(out, 'heatmap.svg'), join(figures, 'matrix.svg'));
} finally {
  rmSync(out, { recursive: true, force: true });
}

const { cells } = await cellsOf(await matrixSource(), [], () => Promise.resolve({ name: 'error' }));
const rules = new Map(cells.map(({ labels, run }) => [labels[1], run.scenario.aggregator]));
const [attacks, defences] = study.axes.map(({ labels }) => labels);
const meanOf = (attack, rule) => study.groups.find(({ labels }) => labels[0] === attack && labels[1] === rule).mean;
const figure = (value) => (value === null ? '∞' : numberText(value));

const worst = new Map(study.worst.map(({ column, row }) => [column, row]));
const rows = defences.map((rule) => {
  const theory = theoryOf(rules.get(rule));
  const allowed = theory ? `${numberText(theory.value)} (${theory.from}${theory.certain ? '' : ', measured'})` : '–';
  return `| ${rule} | ${figure(meanOf('none', rule))} | ${worst.get(rule)} | ${figure(meanOf(worst.get(rule), rule))} | ${allowed} |`;
});
const table = [
  `| attack | ${defences.join(' | ')} |`,
  `|---|${defences.map(() => '---:|').join('')}`,
  ...attacks.map((attack) => `| ${attack} | ${defences.map((rule) => figure(meanOf(attack, rule))).join(' | ')} |`),
];
const slack = defences.flatMap((rule) => {
  const theory = theoryOf(rules.get(rule));
  return theory ? [theory.value / meanOf(worst.get(rule), rule)] : [];
});
const [closest, farthest] = [Math.min(...slack), Math.max(...slack)].map((value) => value.toPrecision(2));
const failed = attacks.filter(
  (attack) => !(meanOf(attack, 'mean') < HARM * meanOf('none', 'mean')) || meanOf(attack, 'mean') === null,
);

const text = `# Every attack against every rule

<!-- Written by npm run matrix. -->

[\`scenarios/attacks/matrix.yaml\`](../scenarios/attacks/matrix.yaml): a quadratic with L = μ = 1 and noise σ = 1 in 10 dimensions, 15 workers of
whom 3 are Byzantine, synchronous SGD with η = 0.1, 150 steps, means of 3 seeds. \`npm run matrix\` draws this page anew; a test holds
what it says with one seed.

![The error at the end under every attack, for every rule](figures/attacks/matrix.svg)

## What theory allows

Let a rule be (c_λ, λ)-robust: ‖A − x̄_G‖² ≤ c_λ·V_G, whatever Byzantine workers send, with x̄_G and V_G mean and variance of the
h = 12 honest vectors. A step is x − η·(∇f(x) + e), with e = (A − x̄_G) + (x̄_G − ∇f(x)). Since E V_G = σ²·(1 − 1/h), Minkowski's inequality
gives √E‖e‖² ≤ B = √(c_λ·(1 − 1/h))·σ + σ/√h. On a μ-strongly convex quadratic with η ≤ 1/L a step shrinks the distance from the optimum by
1 − ημ and adds at most η·B, so that in the long run √E‖x − x*‖² ≤ B/μ and E f(x) − f(x*) ≤ **L/2·(B/μ)²**: the neighbourhood, for any attack at all.
What the transient adds is below 10⁻¹² after 150 steps. A diameter's constant Δ counts as c_λ = 2h·Δ², since max‖x_i − x_j‖² ≤ 2h·V_G; MFM has
a bound of its own. No rule has less than c_λ = λ/(1 − 2λ), which makes ${numberText(YARDSTICK)} the least neighbourhood that any rule can promise here.

| rule | error without liars | worst attack | error | neighbourhood |
|---|---:|---|---:|---|
${rows.join('\n')}

Every cell of a rule with a neighbourhood is within it. The worst attack found stays a factor of ${closest} to ${Number(farthest)} below: the bound holds for
all vectors at once, and an attack would have to hit the rule's worst case in every step and in one direction.

## What has no neighbourhood

Rules without a constant promise nothing for given vectors (${defences.filter((rule) => !theoryOf(rules.get(rule))).join(', ')}). Under them, these
cells are beyond ${numberText(YARDSTICK)}:

${Object.entries(beyond)
  .map(([rule, { attacks: some, why }]) => `- **${rule}** under ${some.join(', ')}. ${why}`)
  .join('\n')}

The mean's error is at least ${HARM} times that without liars under ${failed.length} attacks: ${failed.join(', ')}. The others are too short to
show against three liars of fifteen.

## What isn't in it

Attacks on data (\`label-flip\`, \`random-labels\`, \`feature-noise\`, \`backdoor\`) need labels or features, which a quadratic has not. Under \`silent\`
a synchronous server that waits for everybody waits for ever, and ends with exit code 3 and a sentence that says for whom; give it a
\`quorum\` or a \`deadline\`.

## All cells

${table.join('\n')}
`;
writeFileSync(page, await format(text, { ...(await resolveConfig(page)), filepath: page }));
