import test from 'ava';
import { lastValueFrom, tap } from 'rxjs';
import { simulate } from '../../src/engine/simulate.js';
import { flatOut } from '../../src/scheduler/pace.js';
import { asynchronous } from '../../src/protocols/index.js';
import { rowDistances, type RowDistances } from '../../src/report/row-distances.js';
import type { World } from '../../src/engine/world.js';
import { planOf, workersOf } from '../engine/small-plan.js';

test('distances are those of the weighted means of the vectors that the server holds', async (t) => {
  const reader = rowDistances();
  let world: World | undefined;
  const seen: RowDistances[] = [];
  const plan = planOf({ workers: workersOf(5, { byzantine: 2, timed: true }), stop: { steps: 60 } });
  const events = simulate(plan, asynchronous(), flatOut, (watched) => {
    world = watched;
    reader.watch(watched);
  });
  await lastValueFrom(
    events.pipe(
      tap((event) => {
        reader.update(event);
        if (event.kind === 'evaluated') seen.push(reader.columns());
      }),
    ),
  );
  t.deepEqual(seen[0], { honestSpread: null, byzantineDistance: null });
  const { inbox } = world!;
  const mean = (ids: readonly number[], of: (id: number) => number): number =>
    ids.reduce((sum, id) => sum + inbox.countOf(id) * of(id), 0) / ids.reduce((sum, id) => sum + inbox.countOf(id), 0);
  const centre = (ids: readonly number[]) => [0, 1, 2].map((k) => mean(ids, (id) => inbox.held(id)[k]!));
  const squared = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    [0, 1, 2].reduce((sum, k) => sum + (a[k]! - b[k]!) ** 2, 0);
  const [honest, byzantine] = [centre([0, 1, 2]), centre([3, 4])];
  const close = (value: number | null, expected: number): void =>
    void t.true(Math.abs(value! - expected) < 1e-12 * expected, `${value} and ${expected}`);
  close(seen.at(-1)!.byzantineDistance, Math.sqrt(squared(honest, byzantine)));
  close(seen.at(-1)!.honestSpread, Math.sqrt(mean([0, 1, 2], (id) => squared(honest, inbox.held(id)))));
});
