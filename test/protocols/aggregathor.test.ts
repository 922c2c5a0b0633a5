import test from 'ava';
import fc from 'fast-check';
import { simulate, type Crew, type Plan, type Protocol, type SimulationEvent } from '../../src/engine/index.js';
import { aggregathor, protocols, synchronous, type AggregathorOptions } from '../../src/protocols/index.js';
import { multiKrum } from '../../src/weighted/index.js';
import { planOf, workersOf } from '../engine/small-plan.js';

const eventsOf = (plan: Plan, protocol: Protocol): readonly SimulationEvent[] => {
  const events: SimulationEvent[] = [];
  simulate(plan, protocol).subscribe((event) => events.push(event));
  return events;
};

const crewOf = (workers: number, byzantine: number, rule: Crew['rule'], lossy?: number): Crew => ({
  workers: workersOf(workers, { byzantine }),
  ...(lossy !== undefined && { lossy }),
  rule,
});

const outside = (crew: Crew, options: AggregathorOptions = {}): readonly string[] =>
  aggregathor(options).outside!(crew);

const krum = (f: number, more: object = {}): Crew['rule'] => ({ kind: 'multi-krum', f, variant: 'published', ...more });
const bulyan = (f: number, more: object = {}): Crew['rule'] => ({ kind: 'bulyan', f, variant: 'published', ...more });

test('its rounds are those of the synchronous server in which all take part, with its deadline', (t) => {
  const plan = planOf({
    workers: workersOf(9, { byzantine: 2, timed: true }),
    aggregator: multiKrum({ f: 2 }),
    weight: () => 1,
    stop: { steps: 30 },
  });
  t.deepEqual(eventsOf(plan, aggregathor()), eventsOf(plan, synchronous()));
  const hurried = eventsOf(plan, aggregathor({ deadline: '900ms' }));
  t.deepEqual(hurried, eventsOf(plan, synchronous({ deadline: '900ms' })));
  t.true(hurried.some(({ kind }) => kind === 'dropped'));
});

test('the system of its theorems is inside them', (t) => {
  t.deepEqual(outside(crewOf(19, 4, krum(4))), []);
  t.deepEqual(outside(crewOf(19, 4, bulyan(4))), []);
  t.deepEqual(outside(crewOf(19, 4, bulyan(4, { variant: 'aggregathor' }))), []);
  t.deepEqual(outside(crewOf(19, 1, bulyan(4), 3), { f: 4 }), []);
  t.deepEqual(outside(crewOf(3, 0, krum(0))), []);
});

test('a sentence tells each precondition that doesn’t hold', (t) => {
  t.deepEqual(outside(crewOf(19, 4, { kind: 'mean' })), [
    'AggregaThor’s theorems are about the rules multi-krum (weak resilience) and bulyan (strong), found mean',
  ]);
  t.deepEqual(outside(crewOf(19, 4, krum(4, { variant: 'byzfl' }))), [
    'AggregaThor’s theorems are about multi-krum as published, found its variant byzfl',
  ]);
  t.deepEqual(outside(crewOf(19, 4, { kind: 'multi-krum', lambda: 0.3 })), [
    'multi-krum must be told f, the number of workers to withstand',
  ]);
  t.deepEqual(outside(crewOf(10, 4, krum(3))), [
    'multi-krum must withstand the protocol’s f = 4 or more, found f = 3',
    'weak resilience by multi-krum needs n >= 2f + 3 = 11 workers for f = 4, found 10',
  ]);
  t.deepEqual(outside(crewOf(18, 4, bulyan(4))), [
    'strong resilience by bulyan needs n >= 4f + 3 = 19 workers for f = 4, found 18',
  ]);
  t.deepEqual(outside(crewOf(19, 3, krum(4), 2), { f: 4 }), [
    'AggregaThor withstands f = 4 workers that lie or whose links lose fragments, found 3 that lie and 2 honest ones with lossy links',
  ]);
  // As many as lie, unless given: no honest worker may have a lossy link then.
  t.is(outside(crewOf(19, 4, krum(4), 1)).length, 1);
});

test('it is inside exactly where n, f, the rule’s f, liars and lossy links allow', (t) => {
  const number = (max: number) => fc.integer({ min: 0, max });
  fc.assert(
    fc.property(
      fc.record({
        n: number(30),
        f: number(6),
        told: number(7),
        liars: number(5),
        lossy: number(5),
        strong: fc.boolean(),
      }),
      ({ n, f, told, liars, lossy, strong }) => {
        const workers = Math.max(n, liars + lossy + 1);
        const found = outside(crewOf(workers, liars, strong ? bulyan(told) : krum(told), lossy), { f });
        const inside = told >= f && workers >= (strong ? 4 : 2) * f + 3 && liars + lossy <= f;
        t.is(found.length === 0, inside);
      },
    ),
  );
});

test('a deadline that is none, and workers of whom nobody is honest, are refused', (t) => {
  t.throws(() => aggregathor({ deadline: 'soon' }), {
    instanceOf: RangeError,
    message: /^deadline: "soon" is no duration/,
  });
  t.throws(() => aggregathor().check(workersOf(3, { byzantine: 3 })), { instanceOf: RangeError });
  t.false(protocols.aggregathor.parameters.safeParse({ f: -1 }).success);
  t.false(protocols.aggregathor.parameters.safeParse({ quorum: 3 }).success);
});
