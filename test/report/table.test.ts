import test from 'ava';
import { summarise } from '../../src/report/summarise.js';
import { summary, type Summary } from '../../src/report/summary.js';
import { summaryTable } from '../../src/report/table.js';
import { syntheticRun } from './synthetic-events.js';

const summaryOf = (name: string, messages: number, status?: string): Summary => {
  const reader = summarise({ metric: { name: 'accuracy', better: 'more' } });
  for (const event of syntheticRun(messages)) reader.update(event);
  const ended = status === undefined ? {} : { status };
  return summary({ name, seed: 1, configHash: '', wallSeconds: 12.34, ...ended }, reader.result());
};

test('runs stand below each other, numbers to the right', (t) => {
  const table = summaryTable([summaryOf('ctma', 100, 'finished'), summaryOf('mean', 20, 'interrupted')]);
  t.is(
    table,
    [
      '                           virtual  accuracy            last  Byzantine  staleness    wall',
      'run                 steps     time    at end    best    five      share   mean/p95    time',
      'ctma                  100   200 ms    85.0 %  85.0 %  81.6 %     39.0 %    3.84/12  12.3 s',
      'mean (interrupted)     20    37 ms    55.0 %  55.0 %  47.5 %     40.0 %     2.75/6  12.3 s',
    ].join('\n'),
  );
});

test('a score that the run lacks, or lost, is a dash', (t) => {
  const lost = { ...summaryOf('lost', 20), final: { accuracy: null }, best: { accuracy: null } };
  t.regex(summaryTable([lost]), /lost .* – +– /);
  t.regex(summaryTable([lost], { metric: 'gap' }), / gap .*\n.*\n.* – +– +– /);
});

test('scores beside the metric follow it, a dash where a run has none', (t) => {
  const shut = { ...summaryOf('shut', 20), final: { accuracy: 0.9, backdoor: 0.0125 } };
  const table = summaryTable([shut, summaryOf('none', 20)], { beside: ['backdoor'] });
  const [first, second, shutLine, noneLine] = table.split('\n');
  t.regex(first!, / last +backdoor +Byzantine/);
  t.regex(second!, / five +at end +share/);
  t.regex(shutLine!, /^shut .* 47\.5 % +1\.3 % +40\.0 %/);
  t.regex(noneLine!, /^none .* 47\.5 % +– +40\.0 %/);
});

test('without any score the table has no columns for it', (t) => {
  const bare = { ...summaryOf('bare', 20), final: {}, best: {} };
  t.notRegex(summaryTable([bare]), /best|five/);
});

test('the table has no terminal codes, so that it can be kept as it is', (t) => {
  t.false(summaryTable([summaryOf('a', 20)]).includes(String.fromCodePoint(27)));
});

test('replications are shown as means with half-widths, those of steps only where they differ', (t) => {
  const [one, two] = [summaryOf('a', 20), summaryOf('a', 40)];
  const row = { ...one, final: { accuracy: 0.5 }, further: [{ ...two, final: { accuracy: 0.6 } }] };
  const last = summaryTable([row]).split('\n').at(-1)!;
  // t(0.975, 1) = 12.7062 times the standard error: 10 steps, 5 points.
  t.regex(last, /a +30 ± 127\.1 .* 55\.0 % ± 63\.5 % /);
  const same = { ...one, further: [one] };
  t.regex(summaryTable([same]).split('\n').at(-1)!, /a +20 +\d/);
});
