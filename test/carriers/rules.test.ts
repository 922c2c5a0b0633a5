import test from 'ava';
import { delay, drop, duplicate, partition, reorder, type NetworkRule } from '../../src/carriers/index.js';
import { retryWaits, type CarrierRule } from '../../src/engine/index.js';
import { exponential } from '../../src/random/index.js';
import { laneOf, meanOf, type Entry } from './lane.js';

const as =
  (rule: NetworkRule, name = 'rule'): CarrierRule =>
  (context) =>
    rule.carrier(context, name);
const fixed = (span: number) => () => ({ sample: () => span });
const arrivals = (log: readonly Entry[]): readonly (readonly [number, number])[] =>
  log.flatMap(([time, what, worker]) => (what === 'arrived' ? [[time, worker] as const] : []));

test('a partition holds what leaves meanwhile until it heals, to the millisecond', (t) => {
  const lane = laneOf(3, [as(partition({ partition: [1, '3..3'], from: '10ms', until: '20ms' }))]);
  const round = { download: 1, compute: 5, upload: 2 };
  for (const worker of [0, 1, 2]) lane.at(worker === 2 ? 12 : 7, worker, round);
  // Worker 1's model leaves before, its message during the partition; worker 2 isn't cut off; worker 3's model is held.
  t.deepEqual(lane.run(), [
    [12, 'delayed', 2, 'download', 8, 'held'],
    [13, 'delayed', 0, 'upload', 7, 'held'],
    [15, 'arrived', 1],
    [22, 'arrived', 0],
    [28, 'arrived', 2],
  ]);
});

test('a partition that begins with the run and ends at 20 ms lets go what leaves at 20 ms', (t) => {
  const lane = laneOf(1, [as(partition({ partition: [1], from: 0, until: '20ms' }))]);
  lane.at(20, 0, { upload: 1 });
  t.deepEqual(lane.run(), [[21, 'arrived', 0]]);
});

test('partitions that overlap, or follow each other, hold until the last has healed', (t) => {
  const between = (from: string, until: string) => as(partition({ partition: [1], from, until }));
  const round = { download: 100 };
  const overlapping = laneOf(1, [between('1s', '10s'), between('1500ms', '20s')]);
  overlapping.at(2000, 0, round);
  t.deepEqual(arrivals(overlapping.run()), [[20_100, 0]]);
  const inARow = laneOf(1, [between('1s', '10s'), between('10s', '20s'), between('30s', '40s')]);
  inARow.at(2000, 0, round);
  t.deepEqual(arrivals(inARow.run()), [[20_100, 0]]);
});

test('what one partition lets go into another that loses it is lost', (t) => {
  const held = as(partition({ partition: [1], until: '10s' }));
  const loses = as(partition({ partition: [1], from: '5s', until: '20s', meanwhile: 'lost' }));
  const lane = laneOf(1, [held, loses]);
  lane.at(1000, 0);
  t.deepEqual(lane.run(), [[1000, 'lost', 0, 'lost']]);
});

test('two rules that duplicate make two copies', (t) => {
  const after = (span: number) => as(duplicate({ duplicate: 1, after: fixed(span) }), `copy ${span}`);
  const lane = laneOf(1, [after(100), after(300)]);
  lane.at(0, 0, { compute: 2000 });
  t.deepEqual(lane.run(), [
    [2000, 'copied', 0, 100],
    [2000, 'copied', 0, 300],
    [2000, 'arrived', 0],
  ]);
});

test('what a partition loses gets through when it is sent again after it healed', (t) => {
  const rule = partition({ partition: [1], until: '100ms', meanwhile: 'lost' });
  const retry = retryWaits({ timeout: 30, attempts: 4, backoff: 2 });
  const lane = laneOf(1, [as(rule)], { retry });
  lane.at(0, 0, { download: 1, compute: 1, upload: 1 });
  // Sent at 0, 30 and 90, and at 210, when it is there.
  t.deepEqual(lane.run(), [
    [0, 'delayed', 0, 'download', 30, 'retry'],
    [30, 'delayed', 0, 'download', 60, 'retry'],
    [90, 'delayed', 0, 'download', 120, 'retry'],
    [213, 'arrived', 0],
  ]);
});

test('after its last attempt a round is lost, and the worker asks after the last wait; without retry never', (t) => {
  const all = as(drop({ drop: 1, phase: 'upload' }));
  const lane = laneOf(1, [all], { retry: retryWaits({ timeout: 10, attempts: 2, backoff: 3 }) });
  lane.at(5, 0, { compute: 1 });
  t.deepEqual(lane.run(), [
    [6, 'delayed', 0, 'upload', 10, 'retry'],
    [16, 'lost', 0, 'lost'],
    [46, 'freed', 0],
  ]);
  const silent = laneOf(2, [all]);
  t.is(silent.transport.waiting!(), undefined);
  silent.at(5, 0);
  t.deepEqual(silent.run(), [[5, 'lost', 0, 'lost']]);
  t.regex(silent.transport.waiting!()!, /^worker 1 and the server wait for each other, since what was sent/);
});

test('waits grow by the backoff, and the last must be finite', (t) => {
  t.deepEqual(retryWaits({ timeout: 10, attempts: 3, backoff: 2 }), [10, 20, 40]);
  t.throws(() => retryWaits({ timeout: 1e300, attempts: 3, backoff: 1e6 }), { message: /the last of 3 waits is/ });
});

test('rules are asked in order: each sees the time, none is told of what a later one loses', (t) => {
  const spans: number[] = [];
  const watch: CarrierRule = () => ({ verdict: (_, phase, span) => (phase === 'upload' && spans.push(span), null) });
  const late = as(drop({ drop: 1, from: '1s' }));
  const lane = laneOf(1, [as(delay({ delay: fixed(7), phase: 'upload' })), watch, late]);
  lane.at(0, 0, { upload: 3 });
  lane.at(999, 0, { compute: 1 });
  t.deepEqual(lane.run(), [
    [0, 'delayed', 0, 'upload', 7, 'held'],
    [10, 'arrived', 0],
    [1000, 'lost', 0, 'lost'],
  ]);
  t.deepEqual(spans, [10, 7]);
});

test('what is held back is overtaken, a copy comes after its message, and models have none', (t) => {
  const lane = laneOf(2, [as(reorder({ reorder: 1, by: fixed(50), workers: [1] }))]);
  lane.at(0, 0, { compute: 1 });
  lane.at(9, 1, { compute: 1 });
  t.deepEqual(arrivals(lane.run()), [[10, 1], [101, 0]]); // prettier-ignore
  const twice = laneOf(1, [as(duplicate({ duplicate: 1, after: fixed(4) }))]);
  twice.at(0, 0, { download: 1, upload: 2 });
  t.deepEqual(twice.run(), [
    [3, 'copied', 0, 4],
    [3, 'arrived', 0],
  ]);
});

test('a round that is given up in any state neither arrives nor asks, and a pause shifts it', (t) => {
  const retry = retryWaits({ timeout: 10, attempts: 2, backoff: 1 });
  const lost = laneOf(1, [as(drop({ drop: 1 }))], { retry });
  lost.at(0, 0);
  const { transport, clock } = lost;
  clock.schedule(() => (transport as unknown as { abandon(w: number, r: string): void }).abandon(0, 'offline'), 15);
  t.deepEqual(lost.run(), [
    [0, 'delayed', 0, 'download', 10, 'retry'],
    [10, 'lost', 0, 'lost'],
  ]);
});

/** How often each message left until it got through, with losses of probability p and as many attempts as it takes. */
const attempts = (p: number, count: number, seed: number): readonly number[] => {
  const retry = retryWaits({ timeout: 1, attempts: 100, backoff: 1 });
  const lane = laneOf(count, [as(drop({ drop: p, phase: 'upload' }))], { retry, seed });
  for (let worker = 0; worker < count; worker++) lane.at(0, worker);
  return arrivals(lane.run()).map(([time]) => time + 1);
};

test('the share that is lost is p, and attempts follow the geometric law', (t) => {
  const [p, count] = [0.3, 20_000];
  const found = attempts(p, count, 7);
  t.is(found.length, count);
  const [mean, error] = meanOf(found);
  t.true(Math.abs(mean - 1 / (1 - p)) < 3 * error, `${mean}`);
  for (let k = 1; k <= 5; k++) {
    const expected = (1 - p) * p ** (k - 1);
    const share = found.filter((attempt) => attempt === k).length / count;
    t.true(Math.abs(share - expected) < 3.5 * Math.sqrt((expected * (1 - expected)) / count), `${k}: ${share}`);
  }
});

test('other rules’ draws stay as they are when one is changed', (t) => {
  const log = (mean: number) => {
    const jitter = delay({ delay: () => exponential(mean), phase: 'upload' });
    const loss = drop({ drop: 0.5, phase: 'download' });
    const lane = laneOf(50, [as(jitter, 'jitter'), as(loss, 'loss')]);
    for (let k = 0; k < 10; k++) for (let worker = 0; worker < 50; worker++) lane.at(1000 * k, worker);
    return lane.run().filter(([, what]) => what === 'lost');
  };
  const first = log(1);
  t.true(first.length > 200 && first.length < 300);
  t.deepEqual(log(5), first);
});

test('a worker’s draws don’t depend on who else there is', (t) => {
  const spans = (workers: number) => {
    const lane = laneOf(workers, [as(delay({ delay: () => exponential(10) }))]);
    for (let worker = 0; worker < workers; worker++) lane.at(0, worker);
    return lane.run().flatMap(([, what, worker, , span]) => (what === 'delayed' && worker === 1 ? [span] : []));
  };
  t.deepEqual(spans(7), spans(2));
});

test('what can’t be is refused', (t) => {
  t.throws(() => partition({ partition: [1] }), { message: /^until is missing/ });
  t.throws(() => drop({ drop: 1, from: '2s', until: '1s' }), { message: 'from must be before until, got 2s and 1s' });
  t.throws(() => drop({ drop: 1, from: 'soon' }), { message: /^from: "soon" is no instant/ });
  t.throws(() => drop({ drop: 1, workers: ['5..2'] }), { message: /^workers: 5\.\.2 is no range/ });
  t.throws(() => drop({ drop: 1, workers: [4] }).check(3), { message: 'workers: worker 4 found; ids are 1 to 3' });
  t.throws(() => delay({ delay: '5ms' }), { instanceOf: TypeError, message: /was not compiled/ });
  const lane = laneOf(1, [as(delay({ delay: fixed(NaN) }))]);
  lane.at(0, 0);
  t.throws(() => lane.run(), { message: 'a delay came out as NaN ms; it must be finite and >= 0' });
});
