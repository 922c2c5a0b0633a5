import test from 'ava';
import type { SimulationEvent } from '../../src/engine/event.js';
import { figureSvg } from '../../src/report/figure-svg.js';
import { PerfettoTrace } from '../../src/report/perfetto.js';
import type { TraceEvent } from '../../src/report/perfetto-event.js';
import { stalenessSpec } from '../../src/report/staleness-figure.js';
import { stalenessBins, type StalenessHistogram } from '../../src/report/staleness.js';
import { timelineSpec } from '../../src/report/timeline-figure.js';
import { timeline, type Timeline } from '../../src/report/timeline.js';
import { received, syntheticRun } from './synthetic-events.js';

const short: readonly SimulationEvent[] = [
  { kind: 'started', time: 0, workers: 2, byzantine: [2], dimension: 4 },
  { kind: 'assigned', time: 0, worker: 1, version: 0, download: 1, compute: 2, upload: 1 },
  { kind: 'assigned', time: 0, worker: 2, version: 0, download: 1, compute: 7, upload: 1 },
  { ...received({ worker: 1, staleness: 0, time: 4 }) },
  { kind: 'stepped', time: 4, step: 1, norm: 1 },
  { kind: 'available', time: 4, worker: 1, available: false },
  { kind: 'dropped', time: 6, worker: 2, byzantine: true, version: 0, reason: 'lost' },
  { kind: 'finished', time: 12, step: 1, messages: 1 },
];

const shown = (span: number, events: readonly SimulationEvent[] = short): Timeline => {
  const reader = timeline(span);
  for (const event of events) reader.update(event);
  return reader.result();
};

const texts = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!);

test('a timeline keeps what each worker did, and how its rounds ended', (t) => {
  t.deepEqual(shown(10), {
    workers: [1, 2],
    count: 2,
    byzantine: [2],
    until: 10,
    pieces: [
      { worker: 1, activity: 'download', from: 0, to: 1 },
      { worker: 1, activity: 'compute', from: 1, to: 3 },
      { worker: 1, activity: 'upload', from: 3, to: 4 },
      { worker: 2, activity: 'download', from: 0, to: 1 },
      { worker: 2, activity: 'compute', from: 1, to: 6 },
      { worker: 1, activity: 'offline', from: 4, to: 10 },
    ],
    ends: [
      { worker: 1, time: 4, byzantine: false, staleness: 0 },
      { worker: 2, time: 6, byzantine: true, staleness: null },
    ],
    steps: [4],
  });
  t.is(shown(99).until, 12, 'the run was over before');
});

test('of many workers forty are shown, the first and the last among them', (t) => {
  const { workers, count } = shown(10, [{ kind: 'started', time: 0, workers: 1000, byzantine: [], dimension: 1 }]);
  t.deepEqual([workers.length, count, workers[0], workers[39]], [40, 1000, 1, 1000]);
  t.is(new Set(workers).size, 40);
});

test('the picture has a row for each worker, staleness as text where there is room, and is the same each time', async (t) => {
  const svg = await figureSvg(timelineSpec(shown(10), 'mine'));
  t.is(await figureSvg(timelineSpec(shown(10), 'mine')), svg);
  const found = texts(svg);
  for (const text of ['mine', 'server', '1', '◆ 2', '0', 'away', 'comes to nothing', 'virtual time (ms)'])
    t.true(found.includes(text), text);
  t.notRegex(svg, /NaN|Infinity|undefined|null/);
  const crowded = texts(await figureSvg(timelineSpec(shown(400, syntheticRun(600)), 'many')));
  t.true(crowded.includes('0 steps stale'));
  t.true(crowded.includes('Byzantine arrival'));
});

test('nothing at all can be drawn', async (t) => {
  t.notRegex(await figureSvg(timelineSpec(shown(10, []), 'nothing')), /NaN|Infinity/);
  const svg = await figureSvg(stalenessSpec([{ name: 'nothing', histogram: [] }]));
  t.true(texts(svg).includes('no message'));
});

test('staleness is drawn in at most thirty bins, a panel a run', async (t) => {
  const bins = (histogram: StalenessHistogram) => stalenessBins(histogram);
  t.deepEqual(bins([[0, 2], [2, 1]]), { width: 1, counts: [2, 0, 1] }); // prettier-ignore
  t.deepEqual(bins([[3, 1], [30, 4]]), { width: 2, counts: [0, 1, ...new Array<number>(13).fill(0), 4] }); // prettier-ignore
  t.is(bins([[1499, 1]]).width, 50); // prettier-ignore
  t.is(bins([[1500, 1]]).width, 100); // prettier-ignore
  const runs = ['one', 'other'].map((name) => ({ name, histogram: [[0, 3], [4, 1]] as const })); // prettier-ignore
  const found = texts(await figureSvg(stalenessSpec(runs)));
  for (const text of ['one', 'other', 'mean 1.00, median 0, 95 % ≤ 4, largest 4', 'messages (%)'])
    t.true(found.includes(text), text);
});

const perfettoOf = (events: readonly SimulationEvent[]): readonly TraceEvent[] => {
  const trace = new PerfettoTrace();
  return [...events.flatMap((event) => trace.update(event)), ...trace.end()];
};

test('Perfetto’s events are slices of rounds, instants and counters, in microseconds', (t) => {
  const events = perfettoOf(short);
  const slices = events.filter(({ ph }) => ph === 'X');
  t.deepEqual(
    slices.map(({ name, tid, ts, dur }) => [name, tid, ts, dur]),
    [
      ['download', 1, 0, 1000],
      ['compute', 1, 1000, 2000],
      ['upload', 1, 3000, 1000],
      ['download', 2, 0, 1000],
      ['compute', 2, 1000, 5000],
      ['away', 1, 4000, 8000],
    ],
  );
  t.deepEqual(slices[0]!.args, { version: 0, staleness: 0, byzantine: false });
  t.deepEqual(slices[4]!.args, { version: 0, dropped: 'lost' });
  t.deepEqual(
    events.filter(({ ph }) => ph === 'i').map(({ name, ts, pid, tid, s }) => [name, ts, pid, tid, s]),
    [
      ['arrival', 4000, 2, 1, 't'],
      ['step', 4000, 1, 0, 't'],
      ['dropped: lost', 6000, 2, 2, 't'],
    ],
  );
  t.deepEqual(
    events.filter(({ ph, name }) => ph === 'C' && name === 'workers computing').map(({ ts, args }) => [ts, args]),
    [
      [1000, { 'workers computing': 2 }],
      [3000, { 'workers computing': 1 }],
      [6000, { 'workers computing': 0 }],
    ],
  );
  const names = events.filter(({ name }) => name === 'thread_name').map(({ args }) => args!.name);
  t.deepEqual(names, ['steps and evaluations', 'worker 1', 'worker 2 (Byzantine)']);
});

test('every event has what the Trace Event Format asks for, and slices of a track don’t overlap', (t) => {
  const events = perfettoOf(syntheticRun(300));
  const ends = new Map<number, number>();
  for (const { ph, ts, dur, pid, tid, name, args, s, cat, id } of events) {
    t.true(name.length > 0 && Number.isInteger(pid) && Number.isInteger(tid) && ts >= 0);
    if (ph === 'X') {
      t.true(dur! > 0 && ts >= (ends.get(tid) ?? 0) - 1e-6);
      ends.set(tid, ts + dur!);
    } else if (ph === 'C') t.true(Object.values(args!).every((value) => typeof value === 'number' && value >= 0));
    else if (ph === 'i') t.is(s, 't');
    else if (ph === 'b' || ph === 'e') t.true(cat !== undefined && id !== undefined);
    else t.is(ph, 'M');
  }
});
