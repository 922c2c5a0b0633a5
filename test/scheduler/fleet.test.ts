import test from 'ava';
import { VirtualTimeScheduler } from '../../src/scheduler/virtual-time-scheduler.js';
import { runAll } from './run-all.js';

test('each of a fleet is due when it is told, in order of time and of telling, beside other work', (t) => {
  const scheduler = new VirtualTimeScheduler();
  const log: (readonly [what: string, time: number])[] = [];
  const note = (what: string): void => void log.push([what, scheduler.now()]);
  const fleet = scheduler.fleet(3, (each) => note(`a${each}`));
  const other = scheduler.fleet(2, (each) => {
    note(`b${each}`);
    if (each === 1 && scheduler.now() < 8) other.schedule(1, 4);
  });
  fleet.schedule(2, 5);
  scheduler.schedule(() => note('work'), 5);
  other.schedule(1, 4);
  fleet.schedule(0, 5);
  fleet.schedule(1, 1);
  fleet.schedule(1, 6);
  t.true(fleet.isDue(1));
  t.false(other.isDue(0));
  t.is(scheduler.pending, 5);
  runAll(scheduler);
  t.deepEqual(log, [
    ['b1', 4],
    ['a2', 5],
    ['work', 5],
    ['a0', 5],
    ['a1', 6],
    ['b1', 8],
  ]);
  t.false(fleet.isDue(1));
});

test('one that is called off isn’t due, and can be made due again', (t) => {
  const scheduler = new VirtualTimeScheduler();
  const fired: number[] = [];
  const fleet = scheduler.fleet(2, (each) => void fired.push(each, scheduler.now()));
  fleet.schedule(0, 3);
  fleet.schedule(1, 4);
  t.true(fleet.cancel(0));
  t.false(fleet.cancel(0));
  fleet.schedule(0, 9);
  runAll(scheduler);
  t.deepEqual(fired, [1, 4, 0, 9]);
});

for (const delay of [-1, NaN, Infinity])
  test(`a delay of ${delay} is refused`, (t) => {
    const fleet = new VirtualTimeScheduler().fleet(1, () => t.fail());
    t.throws(() => fleet.schedule(0, delay), {
      instanceOf: RangeError,
      message: `A delay must be a finite number of virtual milliseconds >= 0, got ${delay}.`,
    });
    t.false(fleet.isDue(0));
  });

test('each fleet is told of its own that come soon', (t) => {
  const scheduler = new VirtualTimeScheduler();
  const told = [new Set<number>(), new Set<number>()];
  const fleets = told.map((set) =>
    scheduler.fleet(
      10_000,
      () => undefined,
      (each, count) => each.subarray(0, count).forEach((one) => set.add(one)),
    ),
  );
  for (let each = 0; each < 10_000; each++) fleets.forEach((fleet, i) => fleet.schedule(each, each + i / 2));
  runAll(scheduler);
  for (const set of told) {
    t.true(set.size > 8000, `${set.size}`);
    t.true([...set].every((each) => each >= 0 && each < 10_000));
  }
});
