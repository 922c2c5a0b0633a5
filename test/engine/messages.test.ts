import test from 'ava';
import { inRows, ownVectors, type Messages } from '../../src/engine/messages.js';
import { WorkerRows } from '../../src/engine/worker-rows.js';
import { heapMemory } from '../../src/kernels/memory.js';

const write = (messages: Messages, worker: number, values: readonly number[]): void => {
  messages.outgoing(worker).set(values);
  messages.written(worker);
};

const made = {
  'vectors of their own': () => ownVectors(heapMemory(), 'float64', 3, 2),
  rows: () => {
    const rows = new WorkerRows(3);
    rows.column();
    const messages = inRows(heapMemory(), rows, 2);
    rows.seal();
    return messages;
  },
};

for (const [title, make] of Object.entries(made))
  test(`messages in ${title} arrive as they were written, whoever writes in between`, (t) => {
    const messages = make();
    write(messages, 0, [1, 2]);
    write(messages, 2, [3, 4]);
    write(messages, 1, [5, 6]);
    t.deepEqual([...messages.arrived(2)], [3, 4]);
    t.deepEqual([...messages.arrived(0)], [1, 2]);
    const message = messages.arrived(1);
    message[0] = -5;
    write(messages, 0, [7, 8]);
    t.deepEqual([...messages.latest(1)], [-5, 6]);
    t.deepEqual([...messages.arrived(0)], [7, 8]);
    t.is(typeof messages.fetch(Int32Array.of(0, 1), 2), 'number');
  });
