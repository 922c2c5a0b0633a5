import test from 'ava';
import fc from 'fast-check';
import type { SchedulerLike, Subscription } from 'rxjs';
import { VirtualTimeScheduler as RxVirtualTimeScheduler } from 'rxjs';
import { VirtualTimeScheduler } from '../../src/scheduler/virtual-time-scheduler.js';
import { runAll } from './run-all.js';

/** A random program: what an action does when it fires. */
interface Program {
  readonly delays: readonly number[];
  readonly children: readonly Program[];
  /** Cancels the action that was scheduled as the so-manieth, if it is there. */
  readonly cancel: number | null;
}

const programs = fc.letrec<{ program: Program }>((tie) => ({
  program: fc.record({
    delays: fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }),
    children: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.constant([]),
      fc.array(tie('program'), { minLength: 1, maxLength: 4 }),
    ),
    cancel: fc.option(fc.nat(30), { freq: 2 }),
  }),
})).program;

/** Runs `roots` on a scheduler and returns what fired when. */
const traceOf = (scheduler: SchedulerLike, flush: () => void, roots: readonly Program[]): string[] => {
  const log: string[] = [];
  const handles: Subscription[] = [];
  const start = ({ delays, children, cancel }: Program): void => {
    const name = handles.length;
    handles.push(
      scheduler.schedule<number>(
        function (firing = 0) {
          log.push(`${scheduler.now()}: ${name} for the ${firing + 1}. time`);
          if (firing === 0) children.forEach(start);
          if (cancel !== null) handles[cancel]?.unsubscribe();
          const next = delays[firing + 1];
          if (next !== undefined) this.schedule(firing + 1, next);
        },
        delays[0],
        0,
      ),
    );
  };
  roots.forEach(start);
  flush();
  return log;
};

test('random programs leave the same log as on RxJS’s own virtual-time scheduler', (t) => {
  let longest = 0;
  fc.assert(
    fc.property(fc.array(programs, { minLength: 1, maxLength: 6 }), (roots) => {
      const ours = new VirtualTimeScheduler();
      const rx = new RxVirtualTimeScheduler();
      const log = traceOf(ours, () => runAll(ours), roots);
      t.deepEqual(
        log,
        traceOf(rx, () => rx.flush(), roots),
      );
      t.is(ours.fired, log.length);
      t.is(ours.pending, 0);
      longest = Math.max(longest, log.length);
    }),
    { numRuns: 300 },
  );
  t.true(longest > 20);
});
