import test from 'ava';
import { mergedResults, readResults, writtenResults, type GroupResult } from '../../bench/results.js';

const result = (date: string, value: number): GroupResult => ({
  date,
  machine: 'a machine',
  peers: ['NumPy 1.24.2'],
  rows: [{ name: 'what', value, unit: 'ms', ratio: 0.5, peer: 'NumPy', ratioAtMost: 0.55 }],
});

test('groups that aren’t measured keep their figures and their date', (t) => {
  const kept = { rules: result('2026-01-01', 1), gradient: result('2026-01-02', 2) };
  const measured = { step: result('2026-02-03', 3), rules: result('2026-02-03', 4) };
  t.deepEqual(Object.entries(mergedResults(kept, measured, ['gradient', 'rules', 'step'])), [
    ['gradient', kept.gradient],
    ['rules', measured.rules],
    ['step', measured.step],
  ]);
});

test('groups that there are no more are dropped', (t) => {
  t.deepEqual(mergedResults({ gone: result('2026-01-01', 1) }, {}, ['gradient']), {});
});

test('results come back from their file as they were', (t) => {
  const results = { gradient: result('2026-01-02', 2), step: result('2026-01-03', 3) };
  t.deepEqual(readResults(writtenResults(results)), results);
});

test('a file of another form holds no results', (t) => {
  t.deepEqual(readResults(''), {});
  t.deepEqual(readResults('{"facts":[],"rows":[]}'), {});
  t.deepEqual(readResults('{"groups":{"gradient":{"rows":1}}}'), {});
});
