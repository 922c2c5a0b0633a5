import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Observable } from 'rxjs';
import { seededRandom } from '../random/index.js';
import {
  checkFigureSpec,
  checkTable,
  figureSvg,
  jsonNumber,
  quotientText,
  type CheckCurve,
  type CheckRow,
} from '../report/index.js';
import {
  counterexampleTo,
  firstBroken,
  survey,
  type Breaking,
  type Finding,
  type Grid,
  type Surveyed,
} from '../testing/index.js';
import { InputError } from '../scenario/input-error.js';
import { readSubject } from './check-subject.js';
import { exitCode } from './exit-code.js';
import { interruption } from './interruption.js';
import { secondsOption, sharesOption, wholeOption, wholesOption } from './number-options.js';
import { print, say } from './output.js';
import { showLine } from './progress-line.js';
import { makeFolder, writeWhole } from './run-folder.js';

/** The options of `tardigrade check`. */
export interface CheckOptions {
  readonly lambda?: string;
  readonly workers?: string;
  readonly dimension?: string;
  readonly runs?: string;
  readonly tries?: string;
  readonly seconds?: string;
  readonly seed?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const MOST_SEED = Number.MAX_SAFE_INTEGER;

const gridOf = ({ lambda, workers, dimension, runs, tries }: CheckOptions): Grid => ({
  lambdas: sharesOption('lambda', lambda, [0.1, 0.2, 0.3, 0.4, 0.45]),
  workers: wholesOption('workers', workers, [3, 5, 9], { from: 2, to: 64 }),
  dimensions: wholesOption('dimension', dimension, [1, 2, 3], { from: 1, to: 1000 }),
  runs: wholeOption('runs', runs, 10, { from: 1, to: 1_000_000 }),
  tries: wholeOption('tries', tries, 1500, { from: 1, to: 1_000_000_000 }),
});

type Ending = 'finished' | 'out of time' | 'interrupted';

interface Result {
  readonly findings: readonly Finding[];
  readonly ending: Ending;
}

/** Surveys the grid until it is done, time is up, or somebody interrupts; what was found so far counts. */
const surveyed = async (
  subject: Surveyed,
  grid: Grid,
  seed: number,
  interrupt: Observable<unknown>,
  options: CheckOptions,
): Promise<Result> => {
  const deadline = performance.now() + 1000 * secondsOption('seconds', options.seconds);
  const signals = { seen: 0 };
  const listening = interrupt.subscribe(() => {
    signals.seen += 1;
  });
  let line = '';
  const shown = options.quiet ? undefined : showLine((width) => line.slice(0, width));
  const findings = new Map<string, Finding>();
  let ending: Ending = 'finished';
  for await (const { current, done, total } of survey(subject, grid, seededRandom(seed))) {
    const { constant, lambda, workers, ratio } = current;
    findings.set(`${constant}/${lambda}/${workers}`, current);
    line = `check ${subject.name}: search ${done} of ${total}: λ = ${lambda}, ${workers} workers: ${constant} at least ${quotientText(ratio)}`;
    // Signals and the progress line get their turn.
    await setImmediate();
    if (signals.seen > 0) ending = 'interrupted';
    else if (performance.now() > deadline && done < total) ending = 'out of time';
    if (ending !== 'finished') break;
  }
  shown?.stop();
  listening.unsubscribe();
  return { findings: [...findings.values()], ending };
};

const rowOf = (finding: Finding, { bounds }: Surveyed): CheckRow => ({
  ...finding,
  bounds: bounds
    .filter(({ name }) => name === finding.constant)
    .map(({ formula, status, value }) => ({ formula, status, value: value(finding.lambda) })),
});

const quotients = {
  c_λ: '‖output − x̄_G‖² / V_G',
  diameter: '‖output − x̄_G‖ / largest honest distance',
} as const;

const namesIn = (findings: readonly Finding[]): readonly Finding['constant'][] => [
  ...new Set(findings.map(({ constant }) => constant)),
];

/** A bound's curve is drawn through as many points. */
const CURVE_POINTS = 97;

const figureOf = (subject: Surveyed, findings: readonly Finding[], name: Finding['constant']): Promise<string> => {
  const worst = new Map<number, number>();
  for (const { constant, lambda, ratio } of findings)
    if (constant === name) worst.set(lambda, Math.max(ratio, worst.get(lambda) ?? 0));
  const found: CheckCurve = {
    name: 'worst found',
    points: [...worst].map(([lambda, value]) => ({ lambda, value })).sort((a, b) => a.lambda - b.lambda),
    measured: true,
  };
  const curves = subject.bounds
    .filter((bound) => bound.name === name)
    .map(({ formula, status, value }): CheckCurve => ({
      name: `${status}: ${formula}`,
      points: Array.from({ length: CURVE_POINTS }, (_, k) => {
        const lambda = (0.49 * (k + 1)) / CURVE_POINTS;
        return { lambda, value: value(lambda) };
      }),
      measured: false,
    }));
  const figure = { title: `${subject.name}: worst error found`, quotient: quotients[name] };
  return figureSvg(checkFigureSpec([found, ...curves], figure));
};

const brokenText = (subject: Surveyed, { configuration, ratio, table, test }: Breaking, bound: number): string => {
  const claim = subject.bounds.length === 0 ? 'there is no finite constant' : `the bound is ${quotientText(bound)}`;
  const count = configuration.vectors.length;
  return [
    `BROKEN: with ${count} vectors and λ = ${configuration.lambda} the error is ${quotientText(ratio)}; ${claim}`,
    '',
    table,
    '',
    'As a test to paste:',
    '',
    test,
  ].join('\n');
};

const textOf = (subject: Surveyed, { findings, ending }: Result, verdict: string): string => {
  const sections = namesIn(findings).map((name) => {
    const rows = findings.filter(({ constant }) => constant === name).map((finding) => rowOf(finding, subject));
    return `${subject.name}: ${quotients[name]}\n\n${checkTable(rows)}`;
  });
  const short = ending === 'finished' ? [] : [`${ending}: the grid is not complete`];
  return [...sections, ...short, verdict].join('\n\n');
};

const jsonOf = (
  subject: Surveyed,
  grid: Grid,
  seed: number,
  { findings, ending }: Result,
  broken: (Breaking & { readonly bound: number }) | undefined,
): string =>
  JSON.stringify(
    {
      name: subject.name,
      seed,
      status: ending,
      broken: broken !== undefined,
      grid,
      findings: findings.map((finding) => {
        const { constant, lambda, workers, dimension, ratio, runs } = finding;
        const { bounds } = rowOf(finding, subject);
        const unbounded = ratio === Infinity;
        return { constant, lambda, workers, dimension, ratio: jsonNumber(ratio), unbounded, runs, bounds };
      }),
      bounds: subject.bounds.map(({ name, formula, status, source }) => ({ name, formula, status, source })),
      counterexample: broken && {
        ...broken.configuration,
        result: broken.result.map(jsonNumber),
        ratio: jsonNumber(broken.ratio),
        bound: broken.bound,
      },
    },
    null,
    2,
  );

/** @throws InputError when no cell of the grid has a Byzantine vector that the rule is to withstand. */
const requireLiars = async (subject: Surveyed, { lambdas, workers }: Grid): Promise<void> => {
  for (const lambda of lambdas) for (const count of workers) if (await subject.told(lambda, count)) return;
  throw new InputError(
    `command line: nothing to search: none of ${workers.join(', ')} workers with a share of ${lambdas.join(', ')} has a Byzantine one that ${subject.name} is to withstand; choose others with --workers and --lambda`,
  );
};

/** `tardigrade check RULE`: hunts for the worst error, and for what breaks a claimed bound. Returns the exit code. */
export const checkCommand = async (rule: string, options: CheckOptions): Promise<number> => {
  const grid = gridOf(options);
  const seed = wholeOption('seed', options.seed, 1, { from: 0, to: MOST_SEED });
  secondsOption('seconds', options.seconds);
  const subject = await readSubject(rule);
  const folder = options.out ?? join('runs', `check-${subject.name.replaceAll(/[^\w.-]+/g, '-')}`);
  await requireLiars(subject, grid);
  const interrupt = interruption();
  await makeFolder(folder);
  const result = await surveyed(subject, grid, seed, interrupt, options);
  const { findings, ending } = result;
  const first = firstBroken(findings, subject);
  const told = first && (await subject.told(first.finding.lambda, first.finding.workers));
  const broken = first &&
    told && { ...counterexampleTo(first.bound, subject.name, told.rule, first.finding), bound: first.bound };
  const json = jsonOf(subject, grid, seed, result, broken);
  const files: string[] = [];
  for (const name of namesIn(findings)) {
    const file = name === 'c_λ' ? 'figure.svg' : `figure-${name}.svg`;
    await writeWhole(folder, file, await figureOf(subject, findings, name));
    files.push(file);
  }
  await writeWhole(folder, 'check.json', `${json}\n`);
  const verdict = broken
    ? brokenText(subject, broken, broken.bound)
    : subject.bounds.length === 0
      ? 'no bound is claimed, and none was found to be out of reach'
      : 'every claimed bound holds in all that was tried';
  if (options.json) print(json);
  else print(`${textOf(subject, result, verdict)}\n\n${join(folder, '')}/  ${[...files, 'check.json'].join(', ')}`);
  if (ending === 'interrupted') {
    say('tardigrade: interrupted; what was found so far is written');
    return exitCode.interrupted;
  }
  return broken ? exitCode.program : exitCode.finished;
};
