import test from 'ava';
import { lastValueFrom, toArray } from 'rxjs';
import type { SimulationEvent } from '../../src/engine/event.js';
import { simulate } from '../../src/engine/simulate.js';
import { build, smallBut } from '../scenario/small-scenario.js';

const eventsOf = async (changes: Readonly<Record<string, unknown>>): Promise<readonly SimulationEvent[]> => {
  const { plan, protocol } = await build(smallBut(changes));
  return lastValueFrom(simulate(plan, protocol).pipe(toArray()));
};

/** Gradients that were asked for before each step, in order. */
const costsAtSteps = (events: readonly SimulationEvent[]): readonly number[] => {
  let sum = 0;
  return events.flatMap((event) => {
    if (event.kind === 'assigned') sum += event.gradients ?? 1;
    return event.kind === 'stepped' ? [sum] : [];
  });
};

const mu2 = { kind: 'mu2-sgd', lr: 0.1 };
const synchronous = { protocol: 'synchronous' };

test('a run ends at the first step by which so many gradients were asked for', async (t) => {
  for (const changes of [{}, synchronous, { method: mu2 }, { ...synchronous, method: mu2 }]) {
    const costs = costsAtSteps(await eventsOf({ ...changes, stop: { gradients: 83 } }));
    t.true(costs.at(-1)! >= 83);
    t.true(costs.slice(0, -1).every((cost) => cost < 83));
  }
});

test('it is the same run as one that ends by steps', async (t) => {
  const measure = { every: '7 steps' };
  const byGradients = await eventsOf({ measure, stop: { gradients: 40 } });
  const { step } = byGradients.at(-1) as { step: number };
  t.deepEqual(byGradients, await eventsOf({ measure, stop: { steps: step } }));
});

test('whichever comes first ends the run', async (t) => {
  const finished = async (stop: object) => (await eventsOf({ stop })).at(-1) as { step: number };
  t.is((await finished({ steps: 10, gradients: 1000 })).step, 10);
  t.true((await finished({ steps: 1000, gradients: 20 })).step < 20);
});

test('a message of mu2-sgd costs two gradients, and of sgd one, which needs no word', async (t) => {
  const costs = async (changes: Readonly<Record<string, unknown>>) => {
    const events = await eventsOf(changes);
    return new Set(events.flatMap((event) => (event.kind === 'assigned' ? [event.gradients] : [])));
  };
  t.deepEqual(await costs({ method: mu2 }), new Set([2]));
  t.deepEqual(await costs({}), new Set([undefined]));
});

test('where a run has an end in gradients only, it is measured 25 times, whatever messages cost', async (t) => {
  for (const changes of [{}, { method: mu2 }, synchronous]) {
    const events = await eventsOf({ ...changes, stop: { gradients: 1000 } });
    const scored = events.filter(({ kind }) => kind === 'evaluated');
    t.true(scored.length === 26, `${scored.length} with ${JSON.stringify(changes)}`);
  }
});

test('a model is scored at the first step by which a further so many gradients were asked for, once where several are due', async (t) => {
  const events = await eventsOf({ ...synchronous, measure: { every: '7 gradients' }, stop: { steps: 6 } });
  const costs = costsAtSteps(events);
  t.deepEqual(costs, [5, 10, 15, 20, 25, 30]);
  // 10 ≥ 7, 15 ≥ 14, 25 ≥ 21, 30 ≥ 28.
  t.deepEqual(
    events.flatMap((event) => (event.kind === 'evaluated' ? [event.step] : [])),
    [0, 2, 3, 5, 6],
  );
  const rare = await eventsOf({ ...synchronous, measure: { every: '2 gradients' }, stop: { steps: 3 } });
  t.deepEqual(
    rare.flatMap((event) => (event.kind === 'evaluated' ? [event.step] : [])),
    [0, 1, 2, 3],
  );
});

test('a run that makes no step is stuck, though gradients go on', async (t) => {
  const stuck = { network: { compute: 1, loss: 1 }, stop: { gradients: 10 } };
  await t.throwsAsync(eventsOf(stuck), { name: 'DeadlockError' });
});
