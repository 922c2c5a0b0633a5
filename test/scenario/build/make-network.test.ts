import test from 'ava';
import type { ReceivedEvent, SimulationEvent } from '../../../src/engine/index.js';
import { simulate } from '../../../src/engine/index.js';
import { build, refusal, smallBut } from '../small-scenario.js';

type Changes = Readonly<Record<string, unknown>>;

const eventsOf = async (changes: Changes): Promise<readonly SimulationEvent[]> => {
  const { plan, protocol } = await build(smallBut(changes));
  const events: SimulationEvent[] = [];
  simulate(plan, protocol).subscribe((event) => events.push(event));
  return events;
};

const only = <Kind extends SimulationEvent['kind']>(events: readonly SimulationEvent[], kind: Kind) =>
  events.filter((event): event is Extract<SimulationEvent, { kind: Kind }> => event.kind === kind);

const one = { workers: { count: 1, speed: 2 }, stop: { steps: 2 }, attack: undefined };

test('models and messages take their bytes over the bandwidth, besides their delays', async (t) => {
  // Three float64 numbers, 24 bytes: up at 12,000 bytes a second in 2 ms, down at 24,000 in 1 ms.
  const network = { compute: '10ms', upload: '5ms', bandwidth: { up: '6000 * speed', down: 24000 } };
  const [first] = only(await eventsOf({ ...one, network }), 'assigned');
  t.deepEqual([first!.download, first!.compute, first!.upload], [1, 10, 7]);
  const [other] = only(await eventsOf({ ...one, network: { ...network, messageBytes: 48000 } }), 'assigned');
  t.deepEqual([other!.download, other!.compute, other!.upload], [2000, 10, 4005]);
});

test('the link takes the bytes over its capacity, or what service says', async (t) => {
  const times = async (network: Changes) =>
    only(await eventsOf({ ...one, network }), 'received').map(({ time }) => time);
  t.deepEqual(await times({ compute: '10ms', link: { capacity: 12000 } }), [14, 28]);
  t.deepEqual(await times({ compute: '10ms', link: { capacity: 12000, phase: 'upload' } }), [12, 24]);
  t.deepEqual(await times({ compute: '10ms', link: { service: '6ms / speed' } }), [16, 32]);
  t.deepEqual(await times({ compute: '10ms', link: { capacity: 12000 }, messageBytes: 120 }), [30, 60]);
});

test('a network without anything in the way has one event a round', async (t) => {
  const bare = await build(smallBut({}));
  t.is(bare.plan.transport, undefined);
  const timed = await build(smallBut({ network: { compute: 1, bandwidth: { up: 1e6 }, retry: { timeout: 1 } } }));
  t.is(timed.plan.transport, undefined);
});

const twice = { duplicate: 1, after: '3ms' };

test('a copy is dropped, or counted once more with the staleness that it has by then', async (t) => {
  const scenario = (copies?: string) => ({
    ...one,
    network: { compute: '10ms', rules: [twice], ...(copies && { copies }) },
    stop: { steps: 5 },
  });
  const dropping = await eventsOf(scenario());
  t.deepEqual(
    only(dropping, 'dropped').map(({ time, reason, version }) => [time, reason, version]),
    [13, 23, 33, 43].map((time, version) => [time, 'duplicate', version]),
  );
  t.deepEqual(only(dropping, 'received').map(({ time }) => time), [10, 20, 30, 40, 50]); // prettier-ignore
  const counting = await eventsOf(scenario('count'));
  const told = ({ time, version, staleness, count }: ReceivedEvent) => [time, version, staleness, count];
  t.deepEqual(only(counting, 'received').map(told), [
    [10, 0, 0, 1],
    [13, 0, 1, 2],
    [20, 1, 1, 3],
    [23, 1, 2, 4],
    [30, 3, 1, 5],
  ]);
  const [first, second] = only(counting, 'received');
  t.is(first!.loss, second!.loss);
  // The worker isn't sent anything in answer to a copy.
  t.is(only(counting, 'assigned').length, 3);
});

test('a copy that a later message of its worker has overtaken is dropped though copies count', async (t) => {
  const network = { compute: '10ms', rules: [{ duplicate: 1, after: '15ms' }], copies: 'count' };
  const events = await eventsOf({ ...one, network, stop: { steps: 4 } });
  t.deepEqual(only(events, 'received').map(({ time }) => time), [10, 20, 30, 40]); // prettier-ignore
  t.deepEqual(only(events, 'dropped').map(({ time, version }) => [time, version]), [[25, 0], [35, 1]]); // prettier-ignore
});

test('copies change who weighs what, never what was drawn', async (t) => {
  const network = (copies: string) => ({ network: { compute: 'exponential(1 / speed)', rules: [twice], copies } });
  for (const protocol of ['asynchronous', { kind: 'buffered', size: 3 }, { kind: 'basgd', buffers: 2 }]) {
    const [dropping, counting] = [
      await eventsOf({ ...network('drop'), protocol }),
      await eventsOf({ ...network('count'), protocol }),
    ];
    t.true(only(counting, 'received').length >= 50);
    const spans = (events: readonly SimulationEvent[], id: number) =>
      only(events, 'assigned').flatMap(({ worker, compute }) => (worker === id ? [compute] : []));
    for (const id of [1, 4]) {
      const few = spans(counting, id);
      t.deepEqual(spans(dropping, id).slice(0, few.length), few.slice(0, spans(dropping, id).length));
    }
  }
});

test('delays of what is in the way may have slow periods, in every place', async (t) => {
  const slow = 'markov(1ms, 1s, 60s, 5s)';
  const link = { service: slow };
  const rules = [{ reorder: 1, by: slow }, { delay: slow }, { duplicate: 1, after: slow }];
  const events = await eventsOf({ network: { compute: slow, jitter: slow, bandwidth: { up: 24 }, link, rules } });
  const spans = only(events, 'delayed').flatMap(({ span, cause }) => (cause === 'held' ? [span] : []));
  t.deepEqual(
    [...new Set(spans)].sort((a, b) => a - b),
    [1, 1000],
  );
});

test('a model that is lost and sent again waits for a worker that is away, and so does its asking', async (t) => {
  const events = await eventsOf({
    ...one,
    network: { compute: '10ms', rules: [{ drop: 1, phase: 'download', until: '15ms' }], retry: { timeout: '20ms' } },
    workers: { count: 1, availability: { kind: 'diurnal', period: '1s', windows: [[0, '5ms'], ['100ms', '1s']] } },
    stop: { steps: 1 },
  }); // prettier-ignore
  t.deepEqual(
    only(events, 'delayed').map(({ time, phase, span, cause }) => [time, phase, span, cause]),
    [[0, 'download', 20, 'retry'], [100, 'download', 80, 'offline']], // prettier-ignore
  );
  t.deepEqual(only(events, 'received').map(({ time }) => time), [110]); // prettier-ignore
  const asking = await eventsOf({
    ...one,
    network: {
      compute: '10ms',
      rules: [{ drop: 1, phase: 'download', until: '15ms' }],
      retry: { timeout: '20ms', attempts: 1 },
    },
    workers: { count: 1, availability: { kind: 'diurnal', period: '1s', windows: [[0, '5ms'], ['100ms', '1s']] } },
    stop: { steps: 1 },
  }); // prettier-ignore
  t.deepEqual(only(asking, 'assigned').map(({ time }) => time), [0, 100]); // prettier-ignore
});

test('what holds messages back asks when they have come through the link', async (t) => {
  const events = await eventsOf({
    network: { compute: '10ms', link: { service: '3ms', phase: 'upload' } },
    workers: { count: 2, byzantine: [2] },
    timing: { kind: 'bursts', every: '50ms' },
    stop: { steps: 4 },
  });
  t.deepEqual(
    only(events, 'received').map(({ time, worker }) => [time, worker]),
    [[13, 1], [26, 1], [39, 1], [50, 2]], // prettier-ignore
  );
});

test('slow periods may be those of a worker’s coming and going', async (t) => {
  const slow = 'markov(50ms, 200ms, 1s, 1s)';
  const events = await eventsOf({
    network: { compute: '10ms' },
    workers: { count: 2, availability: { kind: 'on-off', on: slow, off: slow } },
    stop: { time: '20s' },
  });
  const changes = only(events, 'available').filter(({ worker }) => worker === 1);
  const spans = changes.slice(1).map(({ time }, i) => Math.round(time - changes[i]!.time));
  t.deepEqual(
    [...new Set(spans)].sort((a, b) => a - b),
    [50, 200],
  );
});

test('copies can’t be counted where a policy judges each message, only dropped', async (t) => {
  const scenario = (copies: string) => ({
    network: { compute: '10ms', rules: [twice], copies },
    policy: { kind: 'fedasync' },
  });
  t.regex((await refusal(() => eventsOf(scenario('count'))))!, /^network\.copies: a policy judges each message once/);
  t.true(only(await eventsOf(scenario('drop')), 'dropped').every(({ reason }) => reason === 'duplicate'));
});

test('messages that take one of a worker at a time refuse to count copies, and so does a bad network', async (t) => {
  const sentence = (network: Changes, more: Changes = {}): Promise<string | undefined> =>
    refusal(() => eventsOf({ network: { compute: 1, ...network }, ...more }));
  const copies = { rules: [twice], copies: 'count' };
  for (const protocol of ['synchronous', 'bounded-staleness'])
    t.regex((await sentence(copies, { protocol }))!, /^network\.copies: this protocol takes one message of a worker/);
  const cases: readonly (readonly [Changes, RegExp])[] = [
    [{ link: {} }, /^network\.link: needs either capacity or service/],
    [{ link: { service: '-5ms' } }, /^network\.link\.service: the delay "-5ms" is -0\.005 s/],
    [{ link: { capacity: NaN } }, /^network\.link\.capacity: found NaN; a finite number is needed$/],
    [{ jitter: '0/0' }, /^network\.jitter: the delay "0\/0" is NaN s/],
    [{ loss: 1.5 }, /^network\.loss: found 1\.5; it must be <= 1$/],
    [{ bandwidth: { up: 'speed - 1' } }, /^network\.bandwidth\.up: is 0 for worker 1; a bandwidth must be/],
    [{ bandwidth: { upp: 3 } }, /^network\.bandwidth\.upp: unknown key "upp" .* did you mean "up"\?$/],
    [{ retry: {} }, /^network\.retry\.timeout: is missing/],
    [{ retry: { timeout: 0 } }, /^network\.retry\.timeout: found 0; a duration > 0 is needed/],
    [{ retry: { timeout: '1s', attempts: 100, backoff: 1e6 } }, /^network\.retry: the last of 100 waits/],
    [{ rules: [{ dorp: 1 }] }, /^network\.rules\.0: found "dorp"; .* did you mean "drop"\?$/],
    [{ rules: [{}] }, /^network\.rules\.0: found none; a network rule has one of the keys drop, delay/],
    [{ rules: ['drop'] }, /^network\.rules\.0: found "drop"; a network rule has one of the keys/],
    [{ rules: [{ drop: 1, delay: 1 }] }, /^network\.rules\.0: found drop and delay in one network rule/],
    [{ rules: [{ drop: 0 }, { delay: 'exponential(1 / sped)' }] }, /^network\.rules\.1\.delay: .*"speed"\?$/],
    [{ rules: [{ delay: 'uniform(-1, 1)' }] }, /^network\.rules\.0\.delay: the delay .* can be as low as -1 s/],
    [{ rules: [{ reorder: 0.1 }] }, /^network\.rules\.0\.by: is missing/],
    [{ rules: [{ partition: [9], until: 1 }] }, /^network\.rules\.0: workers: worker 9 found; ids are 1 to 5$/],
    [{ rules: [{ partition: [], until: 1 }] }, /^network\.rules\.0\.partition: found a list; it must be >= 1 long$/],
    [{ rules: [{ drop: 0.5, from: 'soon' }] }, /^network\.rules\.0\.from: found "soon"; a time >= 0 is needed/],
  ];
  for (const [network, expected] of cases) t.regex((await sentence(network)) ?? 'taken', expected);
});

test('when all is lost the run says who waits for what', async (t) => {
  const scenario = (protocol: unknown) => smallBut({ network: { compute: 1, loss: 1 }, protocol });
  const silent =
    'workers 1, 2, 3, 4, 5 and the server wait for each other, since what was sent between them was lost and nothing sends it again';
  for (const [protocol, told] of [
    ['asynchronous', `server; ${silent}`],
    [{ kind: 'buffered', size: 4 }, `server; the server waits for 4 more messages to fill its buffer of 4; ${silent}`],
  ] as const) {
    const { plan, protocol: made } = await build(scenario(protocol));
    let message = '';
    simulate(plan, made).subscribe({ error: (error: Error) => (message = error.message) });
    t.true(message.endsWith(told), message);
  }
});

test('losses without an end and retries don’t stop a run, and what is lost for good is asked for anew', async (t) => {
  const network = { compute: '10ms', loss: 0.5, retry: { timeout: '20ms', attempts: 2, backoff: 1 } };
  for (const protocol of ['asynchronous', 'synchronous', { kind: 'bounded-staleness', bound: 1 }]) {
    const events = await eventsOf({ network, protocol, stop: { steps: 60 } });
    t.is(only(events, 'stepped').length, 60);
    t.true(only(events, 'dropped').length > 20);
    t.true(only(events, 'dropped').every(({ reason }) => reason === 'lost'));
  }
});
