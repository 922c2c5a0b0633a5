import test from 'ava';
import type { SimulationEvent } from '../../src/engine/event.js';
import { work } from '../../src/report/work.js';
import { received } from './synthetic-events.js';

const assigned = (gradients?: number): SimulationEvent => ({
  ...{ kind: 'assigned', time: 0, worker: 1, version: 0, download: 0, compute: 0, upload: 0 },
  ...(gradients !== undefined && { gradients }),
});

const workOf = (events: readonly SimulationEvent[], data?: { batch: number; rows: number }) => {
  const reader = work(data);
  for (const event of events) reader.update(event);
  return reader.result();
};

test('a message costs one minibatch gradient unless its event says another number', (t) => {
  t.deepEqual(workOf([assigned(), assigned(2), received({}), assigned(5)]), { gradients: 8 });
});

test('passes are examples seen for each row of the data', (t) => {
  t.deepEqual(workOf([assigned(), assigned(2)], { batch: 10, rows: 60 }), { gradients: 3, passes: 0.5 });
  t.deepEqual(workOf([], { batch: 10, rows: 60 }), { gradients: 0, passes: 0 });
});
