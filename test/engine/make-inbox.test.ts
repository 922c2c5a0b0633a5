import test from 'ava';
import type { AttackRule } from '../../src/attacks/index.js';
import { simulate, type Plan, type SimulationEvent } from '../../src/engine/index.js';
import { KeepingInbox } from '../../src/engine/keeping-inbox.js';
import { makeInbox } from '../../src/engine/make-inbox.js';
import { PassingInbox } from '../../src/engine/passing-inbox.js';
import { heapMemory } from '../../src/kernels/memory.js';
import { basgd, buffered, synchronous } from '../../src/protocols/index.js';
import { periodic } from '../../src/switching/index.js';
import { WorkerRows } from '../../src/engine/worker-rows.js';
import { planOf, workersOf } from './small-plan.js';

const shapeOf = (byzantine: readonly number[]) => ({
  byzantine: Uint8Array.from(byzantine),
  weight: (count: number) => count,
  ...({ precision: 'float64', dimension: 1, memory: heapMemory() } as const),
  ...{ rows: new WorkerRows(byzantine.length), immediate: true },
});

const lie = (knowledge: 'own' | 'honest'): AttackRule => ({
  ...{ kind: 'vector', knowledge, needsOwn: false },
  attack:
    () =>
    ({ byzantineWeight }, out) =>
      void out.fill(-byzantineWeight),
});

const copying = { rows: 3, copies: 3 };

for (const [title, keeps, gathers, watched, parts] of [
  ['nobody but a server that copies', false, copying, false, {}],
  ['a server with the latest of all', true, undefined, false, {}],
  ['a server that borrows', true, { rows: 3, copies: 1 }, false, {}],
  ['somebody who watches', true, copying, true, {}],
  ['copies that count', true, copying, false, { copies: 'count' }],
  ['copies that are dropped', false, copying, false, { copies: 'drop' }],
  ['a trusted worker', true, copying, false, { trusted: 0 }],
  ['liars who see the honest', true, copying, false, { attack: lie('honest') }],
  ['liars who see themselves', false, copying, false, { attack: lie('own') }],
] as const)
  test(`vectors are ${keeps ? '' : 'not '}kept for ${title}`, (t) => {
    const inbox = makeInbox(planOf(parts), gathers, watched, shapeOf([0, 0, 1]), 2);
    t.true(inbox instanceof (keeps ? KeepingInbox : PassingInbox));
  });

const eventsOf = (plan: Plan, protocol: ReturnType<typeof buffered>, watched: boolean): readonly SimulationEvent[] => {
  const events: SimulationEvent[] = [];
  simulate(plan, protocol, undefined, watched ? () => undefined : undefined).subscribe((event) => events.push(event));
  return events;
};

for (const [title, protocol] of [
  ['buffered', buffered({ size: 3 })],
  ['basgd', basgd({ buffers: 2 })],
  ['synchronous', synchronous({})],
] as const)
  test(`${title}: a run is the same whether somebody watches or not`, (t) => {
    const workers = workersOf(5, { timed: true, byzantine: 2 });
    for (const parts of [
      { workers, attack: lie('own') },
      {
        workers: workers.map((worker) => ({ ...worker, turns: true })),
        attack: lie('own'),
        switching: periodic({ start: 2, every: '1s' }),
      },
    ]) {
      const plan = planOf({ ...parts, stop: { steps: 40 } });
      t.deepEqual(eventsOf(plan, protocol, false), eventsOf(plan, protocol, true));
    }
  });

test('a message that was passed on can’t be counted once more', (t) => {
  const shape = shapeOf([0]);
  const inbox = new PassingInbox(shape);
  shape.rows.seal();
  inbox.accept(0, 0);
  t.throws(() => inbox.repeat(), { instanceOf: RangeError });
});
