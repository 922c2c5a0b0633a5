import test from 'ava';
import { lastValueFrom } from 'rxjs';
import { simulate, type SimulationEvent } from '../../../src/engine/index.js';
import { readWith, traceHash, traffic } from '../../../src/report/index.js';
import { build, refusal, small, smallBut } from '../small-scenario.js';

type Changes = Readonly<Record<string, unknown>>;

const eventsOf = async (changes: Changes): Promise<readonly SimulationEvent[]> => {
  const { plan, protocol } = await build(smallBut(changes));
  const events: SimulationEvent[] = [];
  simulate(plan, protocol).subscribe((event) => events.push(event));
  return events;
};

const only = <Kind extends SimulationEvent['kind']>(events: readonly SimulationEvent[], kind: Kind) =>
  events.filter((event): event is Extract<SimulationEvent, { kind: Kind }> => event.kind === kind);

const one = { workers: { count: 1, speed: 1 }, stop: { steps: 20 }, attack: undefined };

/** Three float64 numbers: 24 bytes; an index takes 2 bits. */
const sizes: readonly (readonly [compression: unknown, bytes: number])[] = [
  ['identity', 24],
  [{ kind: 'rand-k', k: 1 }, 9],
  [{ kind: 'topk', share: 0.5 }, 17],
  ['sign', 9],
];

for (const [compression, bytes] of sizes)
  test(`models take 24 bytes down, messages ${bytes} up: ${JSON.stringify(compression)}`, async (t) => {
    const network = { compute: '10ms', upload: '5ms', bandwidth: { up: 6000, down: 24000 }, compression };
    const events = await eventsOf({ ...one, network });
    for (const { download, compute, upload } of only(events, 'assigned'))
      t.deepEqual([download, compute, upload], [1, 10, 5 + (1000 * bytes) / 6000]);
    for (const event of only(events, 'received')) t.is(event.bytes, bytes === 24 ? undefined : bytes);
    const reader = traffic({ model: 24, message: 24 });
    for (const event of events) reader.update(event);
    t.like(reader.result(), { messages: 20, bytesUp: 20 * bytes });
    const capacity = { ...network, bandwidth: undefined, upload: '0ms', link: { capacity: 8000 } };
    const [first] = only(await eventsOf({ ...one, network: capacity }), 'received');
    t.is(first!.time, 3 + 10 + bytes / 8);
  });

test('where sizes vary, each message takes the time that its own bytes take', async (t) => {
  const network = { compute: '10ms', bandwidth: { up: 8000 }, compression: 'l2-quantisation' };
  const events = await eventsOf({ ...one, network });
  const uploads = only(events, 'assigned').map(({ upload }) => upload);
  const bytes = only(events, 'received').map((event) => event.bytes!);
  // The norm in 8 bytes, and 3 bits for each number that isn't 0.
  t.deepEqual(
    [...new Set(bytes)].sort((a, b) => a - b).filter((each) => ![8, 9, 10].includes(each)),
    [],
  );
  t.true(new Set(bytes).size > 1);
  t.deepEqual(uploads.slice(0, 20), bytes.map((each) => each / 8)); // prettier-ignore
  const capacity = { compute: '10ms', link: { capacity: 8000, phase: 'upload' }, compression: 'l2-quantisation' };
  const linked = await eventsOf({ ...one, network: capacity });
  t.deepEqual(only(linked, 'received').map((event) => event.bytes), bytes); // prettier-ignore
  t.deepEqual(only(linked, 'received').map(({ time }) => time), only(events, 'received').map(({ time }) => time)); // prettier-ignore
});

test('a message takes its share of messageBytes', async (t) => {
  const compression = { kind: 'randk', k: 1 };
  const network = { compute: '10ms', bandwidth: { up: 1000, down: 1000 }, messageBytes: 2400, compression };
  const events = await eventsOf({ ...one, network });
  // 66 of 192 bits.
  t.is(only(events, 'received')[0]!.bytes, 825);
  t.like(only(events, 'assigned')[0], { download: 2400, upload: 825 });
});

test('identity changes nothing', async (t) => {
  const bandwidth = { up: '1e3 * speed', down: 1e4 };
  const hash = async (network: Changes): Promise<string> => {
    const { plan, protocol } = await build(smallBut({ network: { ...small.network, bandwidth, ...network } }));
    return lastValueFrom(simulate(plan, protocol).pipe(readWith(traceHash)));
  };
  t.is(await hash({ compression: 'identity' }), await hash({}));
  t.is(await hash({ compression: 'none' }), await hash({}));
});

test('a liar’s message counts with the size that its honest one has', async (t) => {
  const fixed = only(await eventsOf({ network: { ...small.network, compression: 'sign' } }), 'received');
  t.true(fixed.every(({ bytes }) => bytes === 9));
  t.true(fixed.some(({ byzantine }) => byzantine));
  t.true(
    fixed.every(({ byzantine, loss }) => byzantine === Number.isNaN(loss)),
    'liars compute nothing for that',
  );
  const varying = only(await eventsOf({ network: { ...small.network, compression: 'qsgd' } }), 'received');
  const lied = varying.filter(({ byzantine }) => byzantine);
  t.true(lied.length > 0 && lied.every(({ bytes, loss }) => bytes! >= 8 && bytes! <= 10 && Number.isFinite(loss)));
});

test('a message that is dropped, or comes twice, keeps its size', async (t) => {
  const rules = [{ duplicate: 0.5, after: '300ms' }];
  for (const copies of ['drop', 'count']) {
    const network = { ...small.network, compression: 'l2-quantization', rules, copies };
    const events = await eventsOf({ network, stop: { steps: 200 } });
    const messages = [...only(events, 'received'), ...only(events, 'dropped')];
    const known = new Map<string, number | undefined>();
    let twice = 0;
    for (const { worker, version, bytes } of messages) {
      const name = `${worker} ${version}`;
      if (known.has(name)) twice += 1;
      t.is(bytes, known.get(name) ?? bytes);
      known.set(name, bytes);
    }
    t.true(twice > 20, `${twice}`);
    const reader = traffic({ model: 24, message: 24 });
    for (const event of events) reader.update(event);
    t.is(reader.result().bytesUp, messages.reduce((sum, { bytes }) => sum + bytes!, 0)); // prettier-ignore
  }
});

test('a message that a policy rejects is counted, one that is lost is not', async (t) => {
  const network = {
    ...small.network,
    compression: { kind: 'topk', k: 2 },
    loss: 0.2,
    retry: { timeout: '1s', attempts: 1 },
  };
  const events = await eventsOf({ network, policy: { kind: 'kardam', f: 1 }, stop: { time: '60s' } });
  const dropped = only(events, 'dropped');
  t.deepEqual([...new Set(dropped.map(({ reason }) => reason))].sort(), ['lost', 'rejected']);
  for (const { reason, bytes } of dropped) t.is(bytes, reason === 'lost' ? undefined : 17);
});

const clockless = { protocol: { kind: 'asynchronous', arrivals: 'sampled', byzantineShare: 0.3 } };

test('without a clock, bytes are counted and take no time', async (t) => {
  const events = await eventsOf({ ...clockless, network: { compression: 'sign' } });
  t.true(only(events, 'received').every(({ bytes }) => bytes === 9));
  t.true(only(events, 'assigned').every(({ upload }) => upload === 0));
  t.is(only(await eventsOf({ ...clockless, network: { compression: 'sign', messageBytes: 240 } }), 'received')[0]!.bytes, 84); // prettier-ignore
});

const refused: readonly (readonly [changes: Changes, sentence: string | RegExp])[] = [
  [
    { network: { ...small.network, compression: 'randk' } },
    'network.compression: randk needs either k or share, such as { kind: randk, share: 0.1 }',
  ],
  [
    { network: { ...small.network, compression: { kind: 'topk', k: 4 } } },
    'network.compression: k is 4, but a message has 3 numbers; take a k from 1 to 3, or a share',
  ],
  [
    { network: { ...small.network, compression: { kind: 'randk', share: 0 } } },
    'network.compression.share: found 0; it must be > 0',
  ],
  [
    { network: { ...small.network, compression: 'topp' } },
    /^network\.compression: unknown compressor "topp"; known are identity, .*topk/,
  ],
  [
    { network: { compression: 'sign' } },
    'network.compute: is missing; say how long computing a message takes, such as exponential(1 / speed)',
  ],
  [
    { ...clockless, network: { compute: 1, compression: 'sign' } },
    'network: this protocol has no clock ("arrivals: sampled"), so delays have no meaning; leave "network.compute" out',
  ],
  [
    { ...clockless, network: { compression: 'sign', upload: '1ms' } },
    'network: this protocol has no clock ("arrivals: sampled"), so delays have no meaning; leave "network.upload" out',
  ],
  [
    { ...clockless },
    'network: this protocol has no clock ("arrivals: sampled"), so delays have no meaning; leave "network" out',
  ],
];

for (const [changes, sentence] of refused)
  test(`refused: ${String(sentence).slice(0, 80)} (${JSON.stringify(changes.network)})`, async (t) => {
    const told = (await refusal(() => build(smallBut(changes))))!;
    if (typeof sentence === 'string') t.is(told, sentence);
    else t.regex(told, sentence);
  });
