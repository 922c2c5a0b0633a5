import test from 'ava';
import type { Measurement } from '../../src/report/measurements.js';
import { overheadOf, reachOf, type Paced } from '../../src/report/overhead.js';
import { overheadTable } from '../../src/report/overhead-table.js';
import { summary } from '../../src/report/summary.js';
import { summarise } from '../../src/report/summarise.js';

const more = { name: 'accuracy', better: 'more' } as const;
const less = { name: 'error', better: 'less' } as const;

/** A run measured every `every` milliseconds, `steps` steps apart, whose steps take so long. */
const runOf = (
  name: string,
  values: readonly (number | null)[],
  { every, steps, timePerStepMs = every / steps }: { every: number; steps: number; timePerStepMs?: number },
): Paced => {
  const finite = values.filter((value) => value !== null);
  return {
    summary: {
      best: { [name]: finite.length === 0 ? null : name === 'error' ? Math.min(...finite) : Math.max(...finite) },
      communication: { roundsPerStep: 2, messagesPerStep: 4, timePerStepMs },
    },
    measurements: values.map((value, i): Measurement => ({
      ...{ time: i * every, step: i * steps, messages: 0, byzantineShare: 0, stalenessMean: 0 },
      [name]: value,
    })),
  };
};

test('95 % of the best is to be reached, or 95 % of the way down to it', (t) => {
  const pace = { every: 10, steps: 2 };
  t.is(reachOf(runOf('accuracy', [0.1, 0.8, 0.6], pace), more), 0.95 * 0.8);
  t.is(reachOf(runOf('error', [21, 3, 1, 2], pace), less), 2);
  t.is(reachOf(runOf('error', [-1, -21], pace), less), -20);
  t.is(reachOf(runOf('accuracy', [null], pace), more), null);
  t.is(reachOf(runOf('error', [null, 1], pace), less), null);
});

test('overheads are of time a step, and of time and steps until the baseline’s mark is reached', (t) => {
  const baseline = runOf('accuracy', [0, 0.5, 0.8, 0.79], { every: 10, steps: 2 });
  const slower = runOf('accuracy', [0, 0.4, 0.7, 0.77, 0.9], { every: 40, steps: 2 });
  t.deepEqual(overheadOf(slower, baseline, { against: 'plain', metric: more }), {
    ...{ against: 'plain', reach: 0.95 * 0.8, throughput: 3 },
    // At 120 ms against 20 ms, at step 6 against 4.
    ...{ convergence: 5, convergenceSteps: 0.5 },
  });
  t.like(overheadOf(baseline, baseline, { against: 'plain', metric: more }), {
    ...{ throughput: 0, convergence: 0, convergenceSteps: 0 },
  });
  t.like(overheadOf(slower, baseline, { against: 'plain', metric: more, reach: 0.4 }), {
    ...{ reach: 0.4, convergence: 3, convergenceSteps: 0 },
  });
});

test('what is never reached, by either, what is reached at once, and what has no clock have no overhead', (t) => {
  const pace = { every: 10, steps: 2 };
  const [good, bad] = [runOf('error', [10, 1], pace), runOf('error', [10, 9, null], pace)];
  const nothing = { convergence: null, convergenceSteps: null };
  t.like(overheadOf(bad, good, { against: 'x', metric: less }), { throughput: 0, ...nothing });
  t.like(overheadOf(good, bad, { against: 'x', metric: less, reach: 1 }), nothing);
  t.like(overheadOf(good, bad, { against: 'x', metric: less, reach: 10 }), nothing);
  const { timePerStepMs: _, ...communication } = good.summary.communication;
  const clockless = { ...good, summary: { ...good.summary, communication } };
  t.like(overheadOf(clockless, good, { against: 'x', metric: less }), {
    ...{ throughput: null, convergence: null, convergenceSteps: 0 },
  });
});

test('the table has a row a run, with signs, units and means of replications', (t) => {
  const row = (name: string, throughput: number, convergence: number | null, time: number) => ({
    ...summary({ name, seed: 1, configHash: '', wallSeconds: 0 }, summarise().result()),
    final: { accuracy: 0.5 },
    communication: {
      ...{ roundsPerStep: 2, messagesPerStep: 38, bytesPerStep: 1_234_567 },
      ...{ timePerStepMs: time, stepsPerSecond: 1000 / time, gradientsPerSecond: 12_345 },
    },
    overhead: { against: 'plain', reach: 0.4, throughput, convergence, convergenceSteps: convergence },
  });
  const rows = [
    row('plain', 0, 0, 1500),
    { ...row('ours', 0.2, 0.5, 1800), further: [row('ours', 0.4, 0.5, 2200)], outsideTheorem: ['No.'] },
    row('faster', -0.25, null, 1000),
  ];
  const lines = overheadTable(rows, 'accuracy').split('\n');
  t.is(lines.length, 5);
  t.regex(lines[2]!, /^plain +50\.0 % +2 +38 +1\.23 MB +1\.50 s +12345 +0\.0 % +0\.0 % +0\.0 %$/);
  // Half the interval of two values that differ by 0.2: 12.706 · 0.1.
  t.regex(lines[3]!, /^ours † .* \+30\.0 % ± 127\.1 % +\+50\.0 % +\+50\.0 %$/);
  t.regex(lines[4]!, /^faster .* -25\.0 % +– +–$/);
});
