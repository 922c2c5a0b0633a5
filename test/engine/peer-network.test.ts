import test from 'ava';
import { seenRun, told, type SeenRun } from '../protocols/seen-run.js';

/** Six honest workers without servers, a computation a second and constant ways. */
const peers = {
  name: 'peers',
  learn: { model: { kind: 'quadratic', dimension: 3, noise: 1 } },
  workers: { count: 6 },
  protocol: { kind: 'learn', quorum: 4 },
  method: { kind: 'sgd', lr: 0.1 },
  aggregator: 'cwmed',
  attack: 'none',
  stop: { time: '20s' },
  measure: { every: '5s' },
};

const ways = { compute: 'constant(1s)', upload: 'constant(20ms)', download: 'constant(30ms)' };

/** From whom to whom letters of a window were lost, or took longer than their ways. */
const odd = (run: SeenRun, from: number, until: number): ReadonlySet<string> =>
  new Set(
    told(run, 'posted')
      .filter(({ time, span }) => time >= from && time < until && span !== 50)
      .map((each) => `${each.from} ${each.to}`),
  );

test('a letter goes over the sender’s upload and the reader’s download', async (t) => {
  const run = await seenRun({ ...peers, network: ways });
  t.is(odd(run, 0, 20_000).size, 0);
});

for (const meanwhile of ['held', 'lost'])
  test(`a partition cuts its workers off from the others, not from each other: ${meanwhile}`, async (t) => {
    const run = await seenRun({
      ...peers,
      network: { ...ways, rules: [{ partition: [1, 2], from: '4s', until: '9s', meanwhile }] },
    });
    t.is(run.error, undefined);
    const across = [1, 2].flatMap((a) => [3, 4, 5, 6].flatMap((b) => [`${a} ${b}`, `${b} ${a}`]));
    const cut = odd(run, 4000, 9000);
    t.true(cut.size > 0);
    for (const pair of cut) t.true(across.includes(pair), pair);
    const inside = told(run, 'posted').filter(({ time }) => time >= 4000 && time < 9000);
    t.true(inside.some(({ from, to }) => from === 1 && to === 2));
    t.is(odd(run, 9000, 20_000).size, 0);
  });

test('a scripted partition does so too', async (t) => {
  const run = await seenRun({ ...peers, network: ways, script: [{ at: '4s', partition: [6], for: '3s' }] });
  t.is(run.error, undefined);
  const cut = odd(run, 4000, 7000);
  t.true(cut.size > 0);
  for (const pair of cut) t.regex(pair, /^6 |6$/);
});

test('losses strike twice, up and down, and what is lost is sent again', async (t) => {
  const network = { ...ways, loss: 0.2, retry: { timeout: '200ms', attempts: 30, backoff: 1 } };
  const run = await seenRun({
    ...peers,
    protocol: { kind: 'learn' },
    network,
    stop: { steps: 30 },
    measure: { every: 10 },
  });
  t.is(run.error, undefined);
  t.is(told(run, 'stepped').length, 30);
  const posted = told(run, 'posted');
  const share = posted.filter(({ span }) => span === Infinity).length / posted.length;
  // 1 − 0.8²; with some thousand letters the standard error is below 1 %.
  t.true(posted.length > 2000 && Math.abs(share - 0.36) < 0.04, `${share} of ${posted.length}`);
});

test('without sending again, losses end a run whose quorum is all, and it says so', async (t) => {
  const run = await seenRun({
    ...peers,
    protocol: { kind: 'learn' },
    network: { ...ways, loss: 0.2 },
    stop: { steps: 30 },
  });
  t.regex(run.error!.message, /nobody computes and no message is under way; worker 1 waits for the quorum of 6 /);
});

test('jitter makes letters later, by both its draws', async (t) => {
  const run = await seenRun({ ...peers, network: { ...ways, jitter: 'constant(5ms)' } });
  t.deepEqual([...new Set(told(run, 'posted').map(({ span }) => span))], [60]);
});

test('a copy of a letter is delivered as one', async (t) => {
  const run = await seenRun({ ...peers, network: { ...ways, rules: [{ duplicate: 1, after: '1ms' }] } });
  t.is(run.error, undefined);
  const outcomes = told(run, 'delivered').map(({ outcome }) => outcome);
  t.true(outcomes.includes('duplicate'));
  t.true(outcomes.filter((outcome) => outcome === 'duplicate').length <= outcomes.length / 2 + 1);
});
