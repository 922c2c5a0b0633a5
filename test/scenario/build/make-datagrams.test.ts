import test from 'ava';
import { simulate, type SimulationEvent } from '../../../src/engine/index.js';
import { honestLossy } from '../../../src/scenario/build/make-datagrams.js';
import { members } from '../../../src/scenario/build/members.js';
import { build, refusal, smallBut } from '../small-scenario.js';

type Changes = Readonly<Record<string, unknown>>;

const withDatagrams = (datagrams: Changes, network: Changes = {}, rest: Changes = {}) =>
  smallBut({ network: { compute: 'exponential(1 / speed)', datagrams, ...network }, ...rest });

const ruleOf = async (datagrams: Changes) => (await build(withDatagrams(datagrams))).plan.datagrams!;

test('unless told otherwise, all messages go in fragments of 65,000 bytes, holes are NaN, and the server waits 10 ms', async (t) => {
  const scenario = withDatagrams({ loss: 0.1 });
  t.deepEqual(scenario.network!.datagrams, { loss: 0.1, fragment: 65_000, holes: 'nan', timeout: '10ms' });
  t.deepEqual((await build(scenario)).plan.datagrams, {
    lossy: Uint8Array.of(1, 1, 1, 1, 1),
    ...{ loss: 0.1, fragment: 65_000, holes: 'nan' },
  });
});

test('workers are named by ids and ranges, or as honest or Byzantine', async (t) => {
  const lossy = async (workers: unknown) => [...(await ruleOf({ loss: 0.1, workers })).lossy];
  t.deepEqual(await lossy([1, '4..5']), [1, 0, 0, 1, 1]);
  t.deepEqual(await lossy('honest'), [1, 1, 1, 0, 0]);
  t.deepEqual(await lossy('byzantine'), [0, 0, 0, 1, 1]);
});

test('honest workers with lossy links are counted, where anything can be lost', async (t) => {
  const all = members(smallBut({}), undefined);
  t.is(honestLossy(undefined, all), 0);
  t.is(honestLossy(await ruleOf({ loss: 0.1 }), all), 3);
  t.is(honestLossy(await ruleOf({ loss: 0.1, workers: 'byzantine' }), all), 0);
  t.is(honestLossy(await ruleOf({ loss: 0.1, workers: ['2..4'] }), all), 2);
  t.is(honestLossy(await ruleOf({ loss: 0 }), all), 0);
});

test('the server waits for what doesn’t come as long as the scenario says, after all else', async (t) => {
  const scenario = withDatagrams(
    { loss: 1, timeout: '30ms', workers: [1] },
    { compute: '10ms', upload: '5ms' },
    { workers: { count: 2, byzantine: 0 }, attack: undefined, stop: { steps: 2 } },
  );
  const { plan, protocol } = await build(scenario);
  const events: SimulationEvent[] = [];
  simulate(plan, protocol).subscribe((event) => events.push(event));
  t.deepEqual(
    events.filter(({ kind }) => kind === 'received').map((event) => [event.time, 'worker' in event && event.worker]),
    [[15, 2], [30, 2]], // prettier-ignore
  );
});

test('what has no meaning is refused with a sentence', async (t) => {
  const refused = (datagrams: Changes, network: Changes = {}, rest: Changes = {}) =>
    refusal(() => build(withDatagrams(datagrams, network, rest)));
  t.is(await refused({ loss: 1.5 }), 'network.datagrams.loss: found 1.5; it must be <= 1');
  t.regex((await refused({}))!, /^network\.datagrams\.loss: /);
  t.regex((await refused({ loss: 0, fragment: 0 }))!, /^network\.datagrams\.fragment: found 0; it must be >= 1/);
  t.regex((await refused({ loss: 0, fragment: 65_001 }))!, /fragment: found 65001; it must be <= 65000/);
  t.regex((await refused({ loss: 0, holes: 'zero' }))!, /holes: found "zero"; allowed are nan, previous, random, drop/);
  t.regex((await refused({ loss: 0, timeout: '0ms' }))!, /timeout: found "0ms"; a duration > 0 is needed/);
  t.regex((await refused({ los: 0 }))!, /unknown key "los" in network\.datagrams; .*did you mean "loss"/);
  t.is(await refused({ loss: 0, workers: [6] }), 'network.datagrams.workers: worker 6 found; ids are 1 to 5');
  t.regex(
    (await refused({ loss: 0, workers: 'liars' }))!,
    /workers: found "liars"; honest, byzantine or a list is needed/,
  );
  t.regex((await refused({ loss: 0 }, { compression: 'sign' }))!, /^network\.datagrams: messages are compressed/);
  t.regex(
    (await refused({ loss: 0, fragment: 1 }, { messageBytes: 2e6 }))!,
    /^network\.datagrams\.fragment: a message would be cut into 2000000 fragments of 1 bytes; at most 1000000 are allowed$/,
  );
  const sampled = { protocol: { kind: 'asynchronous', arrivals: 'sampled', byzantineShare: 0.2 } };
  const timeless = refusal(() =>
    build(smallBut({ network: { messageBytes: 8, compression: 'identity', datagrams: { loss: 0.1 } }, ...sampled })),
  );
  t.regex((await timeless)!, /no clock .*network\.datagrams/);
});
