import test from 'ava';
import fc from 'fast-check';
import type { SimulationEvent } from '../../src/engine/event.js';
import { traceLine } from '../../src/report/trace.js';
import { anyEvent } from './synthetic-events.js';

const lines: readonly (readonly [SimulationEvent, string])[] = [
  [
    { dimension: 4, byzantine: [2], workers: 2, time: 0, kind: 'started' },
    '{"kind":"started","time":0,"workers":2,"byzantine":[2],"dimension":4}',
  ],
  [
    { byzantineServers: [1], servers: 3, dimension: 4, byzantine: [2], workers: 2, time: 0, kind: 'started' },
    '{"kind":"started","time":0,"workers":2,"byzantine":[2],"dimension":4,"servers":3,"byzantineServers":[1]}',
  ],
  [
    { rounds: 3, kind: 'stepped', time: 2, step: 1, norm: 1 },
    '{"kind":"stepped","time":2,"step":1,"norm":1,"rounds":3}',
  ],
  [
    { kind: 'posted', span: Infinity, bytes: 8, step: 2, content: 'model', to: 4, from: 3, time: 1 },
    '{"kind":"posted","time":1,"from":3,"to":4,"content":"model","step":2,"bytes":8,"span":null}',
  ],
  [
    {
      ...{ missing: 4, bytes: 9, kind: 'received', time: 1.5, worker: 1, byzantine: false, version: 0 },
      ...{ staleness: 2, count: 1, loss: 0 },
    },
    '{"kind":"received","time":1.5,"worker":1,"byzantine":false,"version":0,"staleness":2,"count":1,"loss":0,"bytes":9,"missing":4}',
  ],
  [
    { kind: 'assigned', time: 1, worker: 2, version: 0, download: 1, upload: 3, compute: 2 },
    '{"kind":"assigned","time":1,"worker":2,"version":0,"download":1,"compute":2,"upload":3}',
  ],
  [
    { kind: 'received', time: 1.5, worker: 1, byzantine: true, version: 3, staleness: 2, count: 1, loss: NaN },
    '{"kind":"received","time":1.5,"worker":1,"byzantine":true,"version":3,"staleness":2,"count":1,"loss":null}',
  ],
  [
    { kind: 'dropped', time: 2, worker: 1, byzantine: false, version: 3, bytes: 9, reason: 'rejected' },
    '{"kind":"dropped","time":2,"worker":1,"byzantine":false,"version":3,"reason":"rejected","bytes":9}',
  ],
  [{ kind: 'stepped', time: 2, step: 1, norm: Infinity }, '{"kind":"stepped","time":2,"step":1,"norm":null}'],
  [
    { kind: 'evaluated', time: 2, step: 1, messages: 1, scores: { loss: 1, accuracy: 0.5 } },
    '{"kind":"evaluated","time":2,"step":1,"messages":1,"scores":{"accuracy":0.5,"loss":1}}',
  ],
  [
    { kind: 'assigned', gradients: 2, time: 1, worker: 2, version: 0, download: 1, compute: 2, upload: 3 },
    '{"kind":"assigned","time":1,"worker":2,"version":0,"download":1,"compute":2,"upload":3,"gradients":2}',
  ],
  [
    { kind: 'tripped', threshold: 5, distance: Infinity, level: 3, step: 7, time: 2 },
    '{"kind":"tripped","time":2,"step":7,"level":3,"distance":null,"threshold":5}',
  ],
  [{ kind: 'finished', time: 2, step: 1, messages: 1 }, '{"kind":"finished","time":2,"step":1,"messages":1}'],
];

for (const [event, line] of lines) {
  test(`the line of an event "${event.kind}" has its fields in the order of their declaration: ${line}`, (t) =>
    t.is(traceLine(event), line));
}

test('a line is one line, whatever names scores have, and holds every field', (t) => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      const line = traceLine(event);
      t.false(/[\r\n]/.test(line));
      t.deepEqual(Object.keys(JSON.parse(line) as object).sort(), Object.keys(event).sort());
    }),
  );
});
