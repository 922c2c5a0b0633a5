import test from 'ava';
import fc from 'fast-check';
import type { Run } from '../../../src/scenario/build.js';
import { build, smallBut } from '../small-scenario.js';

const liars = ({ plan }: Run): readonly number[] =>
  plan.workers.flatMap(({ byzantine }, i) => (byzantine ? [i + 1] : []));
const speeds = ({ plan }: Run): readonly number[] => plan.workers.map(({ speed }) => speed);

test('a number of Byzantine workers are the last ones; a list are those named', async (t) => {
  const of = async (byzantine: unknown): Promise<readonly number[]> =>
    liars(await build(smallBut({ workers: { count: 6, byzantine } })));
  t.deepEqual(await of(0), []);
  t.deepEqual(await of(2), [5, 6]);
  t.deepEqual(await of(5), [2, 3, 4, 5, 6]);
  t.deepEqual(await of([4, 1]), [1, 4]);
  t.deepEqual(await of([]), []);
});

test('ids count from 1 within the honest and within the Byzantine; group is how many they are', async (t) => {
  const of = async (speed: string): Promise<readonly number[]> =>
    speeds(await build(smallBut({ workers: { count: 6, byzantine: [2, 5], speed } })));
  t.deepEqual(await of('id'), [1, 1, 2, 3, 2, 4]);
  t.deepEqual(await of('group'), [4, 2, 4, 4, 2, 4]);
  t.deepEqual(await of('1 + byzantine'), [1, 2, 1, 1, 2, 1]);
  t.deepEqual(await of('id^2 / group'), [0.25, 0.5, 1, 2.25, 2, 4]);
  t.deepEqual(speeds(await build(smallBut({ workers: { count: 3, speed: 0.5 } }))), [0.5, 0.5, 0.5]);
});

test('whoever lies, the ids of both groups are 1 to their size, in order', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 7 }), async (byzantine) => {
      const run = await build(smallBut({ workers: { count: 8, byzantine, speed: 'id' } }));
      for (const group of [true, false]) {
        const ids = run.plan.workers.filter((worker) => worker.byzantine === group).map(({ speed }) => speed);
        t.deepEqual(
          ids,
          ids.map((_, i) => i + 1),
        );
      }
      t.deepEqual(
        liars(run),
        [...byzantine].sort((a, b) => a - b),
      );
    }),
    { numRuns: 30 },
  );
});
