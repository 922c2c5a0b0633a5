import test from 'ava';
import { PerfettoTrace } from '../../src/report/perfetto.js';
import type { TraceEvent } from '../../src/report/perfetto-event.js';
import { severalServers, syntheticRun } from './synthetic-events.js';

const traced = (events: Parameters<PerfettoTrace['update']>[0][], outside?: boolean): readonly TraceEvent[] => {
  const trace = new PerfettoTrace(outside);
  return [...events.flatMap((event) => trace.update(event)), ...trace.end()];
};

const SERVERS = 3;

test('each of several servers has a track, on which its messages leave and arrive', (t) => {
  const events = traced([...severalServers]);
  const named = events.filter(({ name, pid }) => name === 'thread_name' && pid === SERVERS);
  t.deepEqual(
    named.map(({ tid, args }) => [tid, args!.name]),
    [
      [1, 'server 1'],
      [2, 'server 2 (Byzantine)'],
    ],
  );
  const told = events
    .filter(({ ph, pid }) => ph === 'i' && pid === SERVERS)
    .map(({ name, ts, tid }) => [name, ts, tid]);
  t.deepEqual(told, [
    ['sends model', 0, 1],
    ['sends model', 0, 2],
    ['loses model', 0, 1],
    ['gradient: taken', 10_000, 1],
    ['gradient: taken', 10_000, 2],
    ['sends model', 10_000, 2],
    ['model: rejected', 14_000, 1],
  ]);
});

test('a message is a slice from its leaving to its arrival, beside its receiver’s tracks; a lost one none', (t) => {
  const slices = traced([...severalServers]).filter(({ cat }) => cat === 'message');
  const begun = slices.filter(({ ph }) => ph === 'b');
  t.is(begun.length, 5);
  t.deepEqual(
    begun.map(({ id, ts, pid }) => {
      const end = slices.find((other) => other.ph === 'e' && other.id === id)!;
      return [ts, end.ts, pid === end.pid];
    }),
    [
      [0, 5000, true],
      [0, 7000, true],
      [8000, 10_000, true],
      [8000, 10_000, true],
      [10_000, 14_000, true],
    ],
  );
  t.deepEqual(begun[4]!.args, { from: 'server 2', to: 'server 1', step: 1, bytes: 16 });
});

test('a trace that was written and read is drawn the same', (t) => {
  const events = [...severalServers];
  t.deepEqual(traced(JSON.parse(JSON.stringify(events)) as typeof events), traced(events));
});

test('a run of one server has no tracks of several, and says when it is outside its theorem', (t) => {
  const events = traced(
    syntheticRun(5).filter(({ kind }) => kind !== 'posted' && kind !== 'delivered'),
    true,
  );
  t.false(events.some(({ pid }) => pid === SERVERS));
  t.is(events.find(({ name }) => name === 'process_name')!.args!.name, 'server (outside the theorem)');
});
