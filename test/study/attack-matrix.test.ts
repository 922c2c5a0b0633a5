import { readFile } from 'node:fs/promises';
import test from 'ava';
import { lastValueFrom } from 'rxjs';
import { attacks } from '../../src/attacks/index.js';
import { simulate, type SimulationEvent } from '../../src/engine/index.js';
import { buildRun, type Run } from '../../src/scenario/build.js';
import { parseOverride } from '../../src/scenario/overrides.js';
import type { ResolvedRun } from '../../src/scenario/resolve.js';
import { cellsOf } from '../../src/study/index.js';
import { aggregators, operators } from '../../src/weighted/index.js';
import { beyond, HARM, matrixSource, theoryOf, YARDSTICK } from './attack-matrix.js';

const build = ({ scenario }: ResolvedRun): Promise<Run> => buildRun(scenario, { directory: '/nowhere' });

const errorOf = ({ plan, protocol }: Run): number => {
  let error = NaN;
  simulate(plan, protocol).subscribe((event: SimulationEvent) => {
    if (event.kind === 'evaluated') error = event.scores.error!;
  });
  return error;
};

const { cells, axes } = await cellsOf(await matrixSource(), ['study.replications=1'].map(parseOverride), () =>
  Promise.resolve({ name: 'error', better: 'less' } as const),
);
const rules = new Map(cells.map(({ labels, run }) => [labels[1]!, run.scenario.aggregator]));
const errors = new Map<string, Map<string, number>>();
for (const { labels, run } of cells) {
  const [attack, rule] = labels as [string, string];
  const column = errors.get(rule) ?? new Map<string, number>();
  errors.set(rule, column.set(attack, errorOf(await build(run))));
}

test('the matrix has every attack on what is sent, and every rule and operator', (t) => {
  const kindsOf = (value: unknown): readonly string[] =>
    typeof value !== 'object' || value === null
      ? []
      : Object.entries(value).flatMap(([key, inner]) => [
          ...(key === 'kind' ? [String(inner)] : []),
          ...kindsOf(inner),
        ]);
  const lies = new Set(cells.flatMap(({ run }) => kindsOf(run.scenario.attack)));
  const onData = ['label-flip', 'random-labels', 'feature-noise', 'backdoor'];
  t.deepEqual([...lies].sort(), Object.keys(attacks).filter((name) => ![...onData, 'silent'].includes(name)).sort()); // prettier-ignore
  const used = new Set([...rules.values()].flatMap(kindsOf));
  t.deepEqual([...used].sort(), [...Object.keys(aggregators), ...Object.keys(operators)].sort());
  t.is(axes.length, 2);
});

test('no robust rule gives a model that isn’t finite', (t) => {
  for (const [rule, column] of errors)
    for (const [attack, error] of column) t.true(rule === 'mean' || Number.isFinite(error), `${attack} on ${rule}`);
});

test('under each rule with a constant, every attack stays within the neighbourhood that the constant allows', (t) => {
  let held = 0;
  for (const [rule, column] of errors) {
    const theory = theoryOf(rules.get(rule)!);
    if (!theory) continue;
    for (const [attack, error] of column) {
      t.true(error <= theory.value, `${attack} on ${rule}: ${error} > ${theory.value}`);
      held++;
    }
  }
  t.true(held > 15 * 25);
});

test('what lies beyond the yardstick under rules without a constant is explained, cell by cell, and in the docs', async (t) => {
  const page = await readFile('docs/attack-matrix.md', 'utf8');
  for (const [rule, column] of errors) {
    const outside = [...column].filter(([, error]) => !(error <= YARDSTICK)).map(([attack]) => attack);
    if (theoryOf(rules.get(rule)!)) continue;
    t.deepEqual(outside, [...(beyond[rule]?.attacks ?? [])], rule);
    if (outside.length > 0) t.true(page.includes(beyond[rule]!.why), rule);
  }
  t.true(Object.keys(beyond).every((rule) => errors.has(rule)));
});

test('the mean fails under at least ten attacks', (t) => {
  const column = errors.get('mean')!;
  const failed = [...column].filter(([, error]) => !(error < HARM * column.get('none')!)).map(([attack]) => attack);
  t.true(failed.length >= 10, failed.join(', '));
});

test('a server that waits for everybody waits for ever for those who are silent, and says so', async (t) => {
  const { scenario } = cells[0]!.run;
  const { plan, protocol } = await buildRun({ ...scenario, attack: { kind: 'silent' } }, { directory: '/nowhere' });
  await t.throwsAsync(() => lastValueFrom(simulate(plan, protocol)), { name: 'DeadlockError', message: /silent/ });
});
