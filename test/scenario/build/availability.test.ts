import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { map, timer, type SchedulerLike } from 'rxjs';
import type { SimulationEvent } from '../../../src/engine/index.js';
import { simulate } from '../../../src/engine/index.js';
import { buildRun } from '../../../src/scenario/build.js';
import { configHash } from '../../../src/scenario/config-hash.js';
import { resolveScenario } from '../../../src/scenario/resolve.js';
import { folder } from '../../cli/process.js';
import { build, refusal, small, smallBut, smallWith } from '../small-scenario.js';

const withAvailability = (availability: unknown) => smallBut({ workers: { ...small.workers, availability } });

const comings = async (availability: unknown, directory = '/nowhere', beside?: string): Promise<readonly string[]> => {
  const { plan, protocol } = await buildRun(withAvailability(availability), { directory, beside });
  const seen: string[] = [];
  simulate({ ...plan, stop: { time: 10_000 } }, protocol).subscribe((event: SimulationEvent) => {
    if (event.kind === 'available') seen.push(`${event.time} ${event.worker} ${event.available}`);
  });
  return seen;
};

test('for all workers, for groups and for ids', async (t) => {
  t.deepEqual(await comings({ kind: 'crash', at: '5s' }), [1, 2, 3, 4, 5].map((worker) => `5000 ${worker} false`)); // prettier-ignore
  const list = [
    { workers: 'byzantine', kind: 'crash', at: '5s' },
    { workers: [1, 3], kind: 'late', at: '2s' },
  ];
  t.deepEqual(await comings([list[0], { ...list[1], workers: ['1..1', '3..3'] }]), await comings(list));
  t.deepEqual(await comings(list), [
    '0 1 false', '0 3 false', '2000 1 true', '2000 3 true', '5000 4 false', '5000 5 false',
  ]); // prettier-ignore
});

test('delays and formulas know the worker', async (t) => {
  const turns = { kind: 'on-off', on: '2s * id', off: '100s', start: 'on' };
  t.deepEqual(await comings([{ workers: 'honest', ...turns }]), ['2000 1 false', '4000 2 false', '6000 3 false']); // prettier-ignore
  const day = { kind: 'diurnal', period: '8s', share: 0.5, phase: '(id - 1) / group' };
  t.deepEqual(await comings([{ workers: [4, 5], ...day }]), ['0 5 false', '4000 4 false', '4000 5 true', '8000 4 true', '8000 5 false']); // prettier-ignore
});

test('a worker’s comings and goings are its own draws', async (t) => {
  const turns = { kind: 'on-off', on: 'exponential(1)', off: 'exponential(1)' };
  const all = await comings(turns);
  const of = (lines: readonly string[], worker: number) => lines.filter((line) => line.split(' ')[1] === `${worker}`);
  t.deepEqual(await comings([{ workers: [2], ...turns }]), of(all, 2));
  t.notDeepEqual(of(all, 1).map((line) => line[0]), of(all, 2).map((line) => line[0])); // prettier-ignore
});

test('a trace is read in the data folder, else beside the scenario', async (t) => {
  const root = await folder(t);
  await mkdir(join(root, 'data'));
  await writeFile(join(root, 'beside.csv'), '2,1,false\n');
  await writeFile(join(root, 'data', 'x.csv'), '3,1,false\n');
  const follow = (file: string) => comings({ kind: 'trace', file }, join(root, 'data'), root);
  t.deepEqual(await follow('x.csv'), ['1000 3 false']);
  t.deepEqual(await follow('beside.csv'), ['1000 2 false']);
  await writeFile(join(root, 'bad.csv'), '1,2,true\n1,1,false\n');
  t.regex(
    (await refusal(() => follow('bad.csv')))!,
    /^workers\.availability\.file: .*bad\.csv, line 2: found "1,1,false"/,
  );
  await writeFile(join(root, 'strange.csv'), 'worker,time,available\n5,2,true\n12,1,false\n');
  t.regex(
    (await refusal(() => follow('strange.csv')))!,
    /^workers\.availability\.file: .*strange\.csv, line 3: worker 12 found; ids are 1 to 5$/,
  );
  t.regex((await refusal(() => follow('none.csv')))!, /there is no file none\.csv/);
});

test('a function of a program is run, is told in the resolved scenario, and is refused from a file', async (t) => {
  const program = (worker: number, scheduler: SchedulerLike) => timer(worker * 1000, scheduler).pipe(map(() => false));
  t.deepEqual((await comings(program)).slice(0, 2), ['1000 1 false', '2000 2 false']);
  t.deepEqual(await comings([{ workers: [4], stream: program, during: 'lose' }]), ['4000 4 false']);
  const scenario = withAvailability(program);
  t.deepEqual(scenario.workers.availability, { kind: 'program', source: String(program) });
  t.is(configHash(scenario), configHash(withAvailability(program)));
  t.not(configHash(scenario), configHash(smallBut({})));
  const written = JSON.parse(JSON.stringify(scenario)) as unknown;
  t.regex(
    (await refusal(() => resolveScenario(written)))!,
    /availability\.kind: a program is a function of a \.ts or \.js/,
  );
  const list = withAvailability([{ workers: [4], stream: program }]).workers.availability;
  t.deepEqual(list, [{ kind: 'program', during: 'pause', workers: [4], source: String(program) }]);
});

test('what is no availability is refused with its place', async (t) => {
  const refused = async (availability: unknown) =>
    (await refusal(() => build(withAvailability(availability)))) ?? 'taken';
  t.regex(
    await refused('diurnl'),
    /^workers\.availability: unknown availability "diurnl"; known are .*; did you mean "diurnal"\?$/,
  );
  t.regex(await refused({ kind: 'crash' }), /^workers\.availability\.at: is missing/);
  t.regex(await refused({ kind: 'crash', at: -1 }), /availability\.at: found -1; a time >= 0 is needed/);
  t.regex(await refused({ kind: 'diurnal', share: 1 }), /availability\.share: found 1; it must be < 1/);
  t.regex(
    await refused({ kind: 'on-off', on: '-1s', off: '1s' }),
    /availability: the delay "-1s" is -1 s; it must be finite and >= 0/,
  );
  t.regex(
    await refused({ kind: 'on-off', on: 'normall(1)', off: '1s' }),
    /availability\.on: unknown function "normall"/,
  );
  t.regex(await refused([{ kind: 'crash', at: 0 }]), /availability\.0\.workers: is missing; a list of workers’ ids/);
  t.regex(await refused([7]), /availability\.0: found 7; an object with "workers" and "kind" is needed/);
  t.regex(
    await refused([{ workers: [9], kind: 'crash', at: 0 }]),
    /availability\.0\.workers: worker 9 found; ids are 1 to 5/,
  );
  t.regex(
    await refused([{ workers: ['4..9'], kind: 'crash', at: 0 }]),
    /availability\.0\.workers: worker 6 found; ids are 1 to 5/,
  );
  t.regex(
    await refused([{ workers: [1, '4..2'], kind: 'crash', at: 0 }]),
    /availability\.0\.workers\.1: found "4\.\.2"; a range goes up, from an id to a larger one, 1 to 1000000$/,
  );
  t.regex(
    await refused([{ workers: ['4-5'], kind: 'crash', at: 0 }]),
    /availability\.0\.workers\.0: found "4-5"; a worker’s id or a range such as "3\.\.7" is needed$/,
  );
  t.regex(
    await refused([{ workers: [0], kind: 'crash', at: 0 }]),
    /availability\.0\.workers\.0: found 0; it must be >= 1$/,
  );
  t.regex(
    await refused([{ workers: 'honst', kind: 'crash', at: 0 }]),
    /found "honst"; a list of workers’ ids, honest or/,
  );
  t.regex(
    await refused([{ workers: [1], kind: 'crash', at: 0 }, { workers: 'honest', kind: 'always' }]),
    /availability\.1\.workers: worker 1 has an availability already/,
  ); // prettier-ignore
  t.regex(await refused([{ workers: [1], stream: () => undefined, at: 3 }]), /unknown option "at" beside "stream"/);
  t.regex(
    await refused([{ workers: [1], stream: () => undefined, during: 'stop' }]),
    /found "stop"; allowed are pause, lose, finish/,
  );
});

test('where there is no clock, neither comings nor timing have a meaning', async (t) => {
  const sampled = { protocol: { kind: 'asynchronous', arrivals: 'sampled', byzantineShare: 0.3 }, network: undefined };
  const workers = { ...small.workers, availability: 'always' };
  t.regex(
    (await refusal(() => build(smallBut({ ...sampled, workers }))))!,
    /^workers\.availability: this protocol has no clock/,
  );
  t.regex(
    (await refusal(() => build(smallBut({ ...sampled, timing: 'flooding' }))))!,
    /^timing: this protocol has no clock/,
  );
});

test('a timing is chosen by name or alias, and refuses what there isn’t', async (t) => {
  t.like(smallWith('timing={kind: hoarding, every: 5s}').timing, { kind: 'bursts', every: '5s', messages: 1 });
  t.truthy((await build(smallWith('timing=flooding'))).plan.transport);
  t.is((await build(smallWith('timing=none'))).plan.transport, undefined);
  const refused = async (timing: unknown) => (await refusal(() => build(smallBut({ timing })))) ?? 'taken';
  t.regex(await refused('floding'), /^timing: unknown timing "floding".*did you mean "flooding"\?$/);
  t.regex(await refused({ kind: 'flooding', factor: 0 }), /^timing\.factor: found 0; it must be > 0$/);
  t.regex(await refused({ kind: 'shadow', victim: 9 }), /^timing: worker 9 found; ids are 1 to 5$/);
  t.regex(
    await refused({ kind: 'selective-delay', bound: '1s', workers: [6] }),
    /^timing: worker 6 found; ids are 1 to 5$/,
  );
  t.is(
    await refused({ kind: 'shadow', victim: 4 }),
    'timing.victim: worker 4 is Byzantine, and an honest one is needed: 1..3',
  );
  t.is(
    await refused({ kind: 'selective-delay', bound: '1s', workers: ['3..4'] }),
    'timing.workers: worker 4 is Byzantine, and an honest one is needed: 1..3',
  );
  t.is(await refused({ kind: 'selective-delay', bound: '1s', workers: ['1..3'] }), 'taken');
  t.is(await refused({ kind: 'selective-delay', bound: '1s', workers: 'all' }), 'taken');
  t.is(await refused({ kind: 'shadow', victim: 3 }), 'taken');
  t.regex(await refused({ kind: 'bursts' }), /^timing\.every: is missing/);
});

test('a timing may name a Byzantine worker that turns honest, and no other', async (t) => {
  const timing = { kind: 'shadow', victim: 4 };
  const refused = async (changes: object) => (await refusal(() => build(smallBut({ timing, ...changes })))) ?? 'taken';
  t.is(await refused({ script: ['at 2s: worker 4 turns honest'] }), 'taken');
  t.is(
    await refused({ script: ['at 2s: worker 5 turns honest'] }),
    'timing.victim: worker 4 is Byzantine, and an honest one is needed: 1..3, 5',
  );
  t.is(await refused({ workers: { count: 5, byzantine: { kind: 'periodic', start: 2, every: '5 steps' } } }), 'taken');
});
