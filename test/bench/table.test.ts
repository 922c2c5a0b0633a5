import test from 'ava';
import { notInstalled, pytorch } from '../../bench/python.js';
import { cells, markdown, terminalTable } from '../../bench/table.js';
import type { Results } from '../../bench/results.js';

const results: Results = {
  gradient: {
    date: '2026-01-02',
    machine: 'a machine, Node v20',
    peers: ['PyTorch 1.13'],
    rows: [
      {
        name: 'batch 16',
        value: 2.8649,
        unit: 'ms',
        ratio: 0.5612,
        peer: 'PyTorch',
        difference: 4.7e-6,
        ratioAtMost: 0.55,
      },
      { name: 'batch 64', value: 11.5, unit: 'ms', skipped: notInstalled(pytorch) },
    ],
  },
  simulate: {
    date: '2026-01-01',
    machine: 'another',
    peers: [],
    rows: [{ name: 'events', value: 1234567.8, unit: '1/s' }],
  },
};

test('the page has a section for each group, with its own date, machine and peers', (t) => {
  const text = markdown(results);
  t.is(
    text.slice(text.indexOf('## gradient')),
    [
      '## gradient',
      '',
      '2026-01-02; a machine, Node v20; beside PyTorch 1.13',
      '',
      '| what | value | unit | against | differs by | asked | reached |',
      '| --- | ---: | --- | --- | --- | --- | --- |',
      '| batch 16 | 2.86 | ms | 0.561 × PyTorch | 5e-6 | at most 0.55 × | NO |',
      '| batch 64 | 11.5 | ms | skipped: PyTorch isn’t installed (Debian: python3-torch) |  |  |  |',
      '',
      '## simulate',
      '',
      '2026-01-01; another',
      '',
      '| what | value | unit | against | differs by | asked | reached |',
      '| --- | ---: | --- | --- | --- | --- | --- |',
      '| events | 1,234,568 | 1/s |  |  |  |  |',
      '',
    ].join('\n'),
  );
});

test('the terminal’s table has every group’s rows', (t) => {
  const lines = terminalTable(results).split('\n');
  t.deepEqual(
    ['batch 16', 'batch 64', 'events'].map((name) => lines.filter((line) => line.includes(` ${name} `)).length),
    [1, 1, 1],
  );
});

test('numbers have three digits, or all before the point', (t) => {
  const text = (value: number): string => cells({ name: '', value, unit: 'ms' })[1]!;
  t.deepEqual([0.03614, 1, 12.345, 99.96, 100.4, 10473076].map(text), [
    '0.0361',
    '1',
    '12.3',
    '100',
    '100',
    '10,473,076',
  ]);
});
