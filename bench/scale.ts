import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import type { Row } from './row.js';
import type { ScaleResult, ScaleTask } from './scale-run.js';

const rounds = 3;

const measureOnce = (task: ScaleTask): ScaleResult => {
  const script = join(import.meta.dirname, 'scale-run.js');
  return JSON.parse(
    execFileSync(process.execPath, [script, JSON.stringify(task)], { encoding: 'utf8' }),
  ) as ScaleResult;
};

/** The fastest of several runs of each, taken in turns, so that a busy machine meets them all. */
const best = (tasks: readonly ScaleTask[]): readonly ScaleResult[] => {
  const results: (ScaleResult | undefined)[] = tasks.map(() => undefined);
  for (let round = 0; round < rounds; round++)
    tasks.forEach((task, i) => {
      const result = measureOnce(task);
      const before = results[i];
      if (!before || result.nanosecondsPerArrival < before.nanosecondsPerArrival) results[i] = result;
    });
  return results.map((result) => result!);
};

const many = (workers: number): ScaleTask => ({
  ...{ workers, arrivals: 1_000_000, warm: Math.max(100_000, workers) },
  ...{ protocol: 'buffered', aggregator: 'mean' },
});

const each = (aggregator: 'mean' | 'cwmed', workers: number): ScaleTask => ({
  ...{ workers, arrivals: 100_000, warm: Math.max(10_000, 2 * workers) },
  ...{ protocol: 'asynchronous', aggregator },
});

/** Whole runs of simulate with up to a million workers, exponential computing times and a quadratic of dimension 10. */
export const scaleBench = (): readonly Row[] => {
  const [thousand, hundredThousand, million] = best([many(1_000), many(100_000), many(1_000_000)]);
  const rows: Row[] = [
    {
      name: 'time per arrival, 100,000 workers, mean of every 1,000 arrivals (asked: 500,000 arrivals a second)',
      ...{ value: hundredThousand!.nanosecondsPerArrival / 1000, unit: 'µs', atMost: 2 },
    },
    {
      name: 'memory of the process, 100,000 workers',
      ...{ value: hundredThousand!.bytes / 1e9, unit: 'GB', atMost: 2 },
    },
    {
      name: 'time per arrival, 1,000,000 workers, mean of every 1,000 arrivals',
      ...{ value: million!.nanosecondsPerArrival / 1000, unit: 'µs' },
      ...{ ratio: million!.nanosecondsPerArrival / thousand!.nanosecondsPerArrival, peer: '1,000 workers' },
      ratioAtMost: 2,
    },
  ];
  for (const aggregator of ['mean', 'cwmed'] as const) {
    const [few, lots] = best([each(aggregator, 10), each(aggregator, 10_000)]);
    rows.push({
      name: `time per step, asynchronous ${aggregator} of 10,000 workers`,
      ...{ value: lots!.nanosecondsPerArrival / 1000, unit: 'µs' },
      ...{ ratio: lots!.nanosecondsPerArrival / few!.nanosecondsPerArrival, peer: '10 workers', ratioAtMost: 10 },
    });
  }
  return rows;
};
