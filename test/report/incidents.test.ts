import test from 'ava';
import type { SimulationEvent } from '../../src/engine/event.js';
import { incidents } from '../../src/report/incidents.js';

const turned = (worker: number): SimulationEvent => ({ kind: 'turned', time: 0, worker, byzantine: true });
const stepped = (step: number): SimulationEvent => ({ kind: 'stepped', time: 0, step, norm: 1 });

const countsOf = (events: readonly SimulationEvent[]) => {
  const reader = incidents();
  for (const event of events) reader.update(event);
  return reader.result();
};

test('a run in which nobody turns and nothing trips says nothing of either', (t) => {
  t.deepEqual(countsOf([stepped(1), stepped(2)]), {});
});

test('several turns between the same two server steps are one round of identity changes', (t) => {
  const events = [turned(1), turned(2), stepped(1), stepped(2), turned(1), turned(3), turned(1), stepped(3), turned(2)];
  t.deepEqual(countsOf(events), { identityChanges: { rounds: 3, turns: 6 } });
});

test('trips of the fail-safe filter are counted', (t) => {
  const tripped: SimulationEvent = { kind: 'tripped', time: 0, step: 1, level: 2, distance: 3, threshold: 1 };
  t.deepEqual(countsOf([tripped, stepped(1), tripped]), { filter: { trips: 2 } });
});
