import test from 'ava';
import fc from 'fast-check';
import type { SimulationEvent } from '../../src/engine/event.js';
import { condition, type Condition, type ConditionOptions } from '../../src/report/condition.js';
import { traffic } from '../../src/report/traffic.js';
import { received } from './synthetic-events.js';

const count = (times: number): number => times;

/** One step on each of some messages, or where a message is null. */
const conditionOf = (
  options: Partial<ConditionOptions>,
  messages: readonly (readonly [worker: number, byzantine: boolean, count: number] | null)[],
): Condition => {
  const reader = condition({ bound: {}, weight: count, rows: 'latest', ...options });
  let step = 0;
  const stepped = (): SimulationEvent => ({ kind: 'stepped', time: 10 * (step += 1), step, norm: 1 });
  for (const message of messages)
    if (message === null) reader.update(stepped());
    else {
      const [worker, byzantine, times] = message;
      reader.update({ ...received({ worker, byzantine }), count: times } as SimulationEvent);
      if ((options.rows ?? 'latest') === 'latest') reader.update(stepped());
    }
  return reader.result();
};

test('the Byzantine share of the weight is compared with λ at every step', (t) => {
  const run = conditionOf({ bound: { lambda: 0.4 } }, [
    [1, false, 1],
    [2, true, 1],
    [3, false, 1],
    [2, true, 2],
    [1, false, 2],
  ]);
  t.deepEqual(run, {
    bound: { lambda: 0.4 },
    ...{ steps: 5, held: 3, share: 0.6 },
    firstViolation: { step: 2, timeMs: 20, lambda: 0.5 },
    largest: { lambda: 0.5, step: 2 },
  });
});

test('without a bound it is less than half, and exactly λ is within the bound', (t) => {
  const half = [[1, false, 1], [2, true, 1]] as const; // prettier-ignore
  t.is(conditionOf({}, half).held, 1);
  t.is(conditionOf({ bound: { lambda: 0.5 } }, half).held, 2);
});

test('f counts vectors, whatever they weigh', (t) => {
  const messages = [[1, false, 9], [2, true, 1], [3, true, 1]] as const; // prettier-ignore
  t.is(conditionOf({ bound: { f: 1 } }, messages).held, 2);
  t.is(conditionOf({ bound: { f: 2 } }, messages).held, 3);
});

test('where messages are gathered, those since the last step count, and a mean is spoilt by one', (t) => {
  const messages = [[1, true, 1], [2, false, 1], null, [1, false, 1], [2, false, 1], null] as const; // prettier-ignore
  t.deepEqual(conditionOf({ rows: 'gathered', weight: () => 1 }, messages).firstViolation, {
    ...{ step: 1, timeMs: 10, lambda: 0.5 },
  });
  t.is(conditionOf({ rows: 'gathered', weight: () => 1 }, messages).held, 1);
  const buffered = [[1, true, 1], [3, false, 1], [2, false, 1], [4, false, 1], null] as const; // prettier-ignore
  t.is(conditionOf({ rows: 'gathered', weight: () => 1 }, buffered).largest.lambda, 0.25);
  t.is(conditionOf({ rows: 'gathered', weight: () => 1, buffers: 2 }, buffered).largest.lambda, 0.5);
});

test('with counts as weights and everybody’s latest vector, λ_t is t_B/t', (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 60 }), (workers) => {
      const counts = new Map<number, number>();
      let liars = 0;
      let largest = 0;
      const messages = workers.map((worker, i) => {
        counts.set(worker, (counts.get(worker) ?? 0) + 1);
        if (worker > 3) liars += 1;
        largest = Math.max(largest, liars / (i + 1));
        return [worker, worker > 3, counts.get(worker)!] as const;
      });
      t.is(conditionOf({}, messages).largest.lambda, largest);
    }),
  );
});

test('bytes count models that leave and messages that arrive, used or not', (t) => {
  const reader = traffic({ model: 100, message: 30 });
  const dropped = (reason: 'late' | 'lost'): SimulationEvent => ({
    ...{ kind: 'dropped', time: 0, worker: 1, byzantine: false, version: 0 },
    reason,
  });
  for (let i = 0; i < 3; i++)
    reader.update({ kind: 'assigned', time: 0, worker: 1, version: 0, download: 0, compute: 0, upload: 0 });
  for (const event of [received({}), dropped('late'), dropped('lost'), dropped('lost')]) reader.update(event);
  t.deepEqual(reader.result(), {
    ...{ models: 3, messages: 1, dropped: { late: 1, lost: 2 } },
    ...{ bytesDown: 300, bytesUp: 60 },
  });
});

test('a message that has a size of its own counts with that', (t) => {
  const reader = traffic({ model: 100, message: 30 });
  const dropped = { kind: 'dropped', time: 0, worker: 1, byzantine: false, version: 0 } as const;
  const before: readonly SimulationEvent[] = [{ ...received({}), bytes: 7 } as SimulationEvent, received({})];
  for (const event of before) reader.update(event);
  // As a run that is interrupted here goes on.
  const later = traffic({ model: 100, message: 30 }, reader.state());
  later.update({ ...dropped, reason: 'rejected', bytes: 11 });
  later.update({ ...dropped, reason: 'lost' });
  t.deepEqual(later.result(), {
    ...{ models: 0, messages: 2, dropped: { rejected: 1, lost: 1 } },
    ...{ bytesDown: 0, bytesUp: 7 + 30 + 11 },
  });
});
