import test from 'ava';
import { drop, partition } from '../../src/carriers/index.js';
import { DeadlockError, journeys, retryWaits, simulate, type CarrierRule, type Plan } from '../../src/engine/index.js';
import { asynchronous, synchronous } from '../../src/protocols/index.js';
import { planOf, workersOf } from './small-plan.js';

const retry = retryWaits({ timeout: 10, attempts: 2, backoff: 1 });

const lossy = (rule: { carrier: (context: never, name: string) => unknown }): Plan['transport'] =>
  journeys([((context: never) => rule.carrier(context, 'rule')) as CarrierRule], retry);

const endOf = (plan: Plan, protocol = asynchronous()): unknown => {
  let end: unknown = 'completed';
  simulate(plan, protocol).subscribe({ error: (error: unknown) => void (end = error) });
  return end;
};

const workers = workersOf(3, { timed: true });

test('where all that is sent is lost, however often, a run without an end in time ends', (t) => {
  const end = endOf(planOf({ workers, transport: lossy(drop({ drop: 1 })) }));
  t.true(end instanceof DeadlockError);
  t.regex(
    String(end),
    /after step 0, the server has made no step of what the last 103000 messages, losses, comings and goings brought/,
  );
});

test('a round that waits for somebody who is cut off for good ends with who waits for what', (t) => {
  const transport = lossy(partition({ partition: [1], from: '5s', meanwhile: 'lost' }));
  const end = endOf(planOf({ workers, transport, stop: { steps: 1e6 } }), synchronous({}));
  t.true(end instanceof DeadlockError);
  t.regex(
    String(end),
    /nothing comes of what happens .*the server has made no step of .*; round 8 waits for 1 more of the messages of worker 1/,
  );
});

test('losses between messages that count are none of it', (t) => {
  const transport = lossy(partition({ partition: [1], meanwhile: 'lost' }));
  t.is(endOf(planOf({ workers, transport, stop: { steps: 4000 } })), 'completed');
});

test('a run that ends in time waits for that', (t) => {
  const transport = lossy(drop({ drop: 1 }));
  t.is(endOf(planOf({ workers, transport, stop: { time: 60_000 } })), 'completed');
});
