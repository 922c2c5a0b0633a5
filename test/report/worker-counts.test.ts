import test from 'ava';
import { workerCounts } from '../../src/report/worker-counts.js';
import { received } from './synthetic-events.js';

test('messages and mean staleness are kept per worker', (t) => {
  const reader = workerCounts();
  reader.update({ kind: 'started', time: 0, workers: 3, byzantine: [3], dimension: 2 });
  reader.update(received({ worker: 3, staleness: 4 }));
  reader.update(received({ worker: 1, staleness: 1 }));
  reader.update(received({ worker: 3, staleness: 5 }));
  t.deepEqual(reader.result(), { count: 3, byzantine: [3], messages: [1, 0, 2], stalenessMean: [1, 0, 4.5] });
});

test('a worker that joins later gets a place', (t) => {
  const reader = workerCounts();
  reader.update({ kind: 'started', time: 0, workers: 1, byzantine: [], dimension: 2 });
  reader.update(received({ worker: 3 }));
  t.deepEqual(reader.result().messages, [0, 0, 1]);
});
