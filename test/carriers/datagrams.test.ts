import test from 'ava';
import { awaitFragments } from '../../src/carriers/datagrams.js';
import type { CarrierRule, TransportContext } from '../../src/engine/index.js';
import { laneOf } from './lane.js';

const asking =
  (incomplete: TransportContext['incomplete']): CarrierRule =>
  (context) =>
    awaitFragments(7)(incomplete ? { ...context, incomplete } : context);

test('the server waits for fragments of messages, and only where some don’t come', (t) => {
  const asked: number[] = [];
  const lane = laneOf(2, [
    asking((worker) => {
      asked.push(worker);
      return worker === 1;
    }),
  ]);
  for (const worker of [0, 1]) lane.at(0, worker, { download: 1, compute: 2, upload: 3 });
  t.deepEqual(lane.run(), [
    [3, 'delayed', 1, 'upload', 7, 'held'],
    [6, 'arrived', 0],
    [13, 'arrived', 1],
  ]);
  t.deepEqual(asked, [0, 1]);
});

test('where nobody tells what is lost, messages come whole', (t) => {
  const lane = laneOf(1, [asking(undefined)]);
  lane.at(0, 0, { upload: 3 });
  t.deepEqual(lane.run(), [[3, 'arrived', 0]]);
});
