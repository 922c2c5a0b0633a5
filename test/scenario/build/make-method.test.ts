import test from 'ava';
import { build, refusal, smallWith } from '../small-scenario.js';

const dynabro = ['protocol=synchronous', 'method={ kind: dynabro, lr: 0.1, noise: 1 }'];

const refused = (...texts: readonly string[]) => refusal(() => build(smallWith(...dynabro, ...texts)));

test('a method in rounds is built where its rounds are', async (t) => {
  t.is(await refused(), undefined);
  t.is(await refused('protocol={ kind: synchronous, quorum: 5, deadline: 5s }'), undefined);
  t.is(await refused('aggregator={ kind: mfm, threshold: method }'), undefined);
});

for (const protocol of ['asynchronous', 'buffered', 'basgd', 'bounded-staleness'])
  test(`${protocol} has no rounds`, async (t) => {
    const options = { buffered: ', size: 2', basgd: ', buffers: 5', 'bounded-staleness': ', bound: 3' }[protocol] ?? '';
    const sentence = await refused(`protocol={ kind: ${protocol}${options} }`);
    t.is(sentence, `protocol: dynabro works in rounds, and ${protocol} has none; say protocol: synchronous`);
  });

test('late messages aren’t for the round that is on', async (t) => {
  t.is(
    await refused('protocol={ kind: synchronous, quorum: 4, late: use }'),
    'protocol: dynabro works in rounds, of which each has its own messages, so late ones can’t be used; say late: drop',
  );
});

test('a policy can’t judge a message of several gradients', async (t) => {
  t.is(
    await refused('policy=fedasync'),
    'policy: fedasync judges gradients one by one, and a message of dynabro isn’t one; leave "policy" out',
  );
});

test('what the filter and the levels need is asked for at their options', async (t) => {
  const method = (options: string) => `method={ kind: dynabro, lr: 0.1${options} }`;
  t.regex((await refused(method('')))!, /^method\.noise: the fail-safe filter needs V/);
  t.is(await refused(method(', filter: none')), undefined);
  t.is(
    await refused('stop={ gradients: 1000 }'),
    'method.horizon: the run doesn’t end by steps, so T, the number of rounds, must be given',
  );
  t.is(await refused('stop={ gradients: 1000 }', method(', noise: 1, horizon: 50')), undefined);
  // Nobody knows a κ of the mean under liars.
  t.regex((await refused('aggregator=mean'))!, /^method\.constant: nobody knows a κ of this aggregator/);
  t.is(await refused('aggregator=mean', method(', noise: 1, constant: 3')), undefined);
  t.is(
    await refused('aggregator={ kind: mfm, threshold: method }', method(', filter: none')),
    'method.noise: the aggregator’s threshold follows V, which must be given',
  );
});

test('κ is that of the fewest messages of a step', async (t) => {
  const { plan: all } = await build(smallWith(...dynabro));
  const { plan: quorum } = await build(smallWith(...dynabro, 'workers.count=9', 'protocol={ kind: synchronous, quorum: 5 }')); // prettier-ignore
  const { plan: nine } = await build(smallWith(...dynabro, 'workers.count=9'));
  // 1/(1 − 2λ) with λ = 2/5 and 2/9.
  t.true(Math.abs(all.robustness! - 5) < 1e-9 && Math.abs(quorum.robustness! - 5) < 1e-9);
  t.true(Math.abs(nine.robustness! - 9 / 5) < 1e-9);
});

test('a threshold that follows the method needs one that tells, and no operator between', async (t) => {
  const mfm = 'aggregator={ kind: mfm, threshold: method }';
  const sentence =
    'aggregator.threshold: method found, but this method tells nothing of how far gradients stray; give a number, or take the method dynabro';
  t.is(await refused(mfm, 'method=sgd', 'method.lr=0.1'), sentence);
  t.is(await refused(mfm, 'method={ kind: byz-vr-marina-pp, lr: 0.1, clip: none }'), sentence);
  t.is(
    await refused('aggregator=[{ kind: nnm, f: 2 }, { kind: mfm, threshold: method }]'),
    'aggregator.base.threshold: method found, but nnm hands vectors of its own on, of which the method tells nothing; give a number',
  );
});

test('a biased compressor is refused, an unbiased one isn’t', async (t) => {
  t.regex(
    (await refused('network.compression={ kind: topk, k: 1 }'))!,
    /^method: dynabro needs an unbiased compressor/,
  );
  t.is(await refused('network.compression={ kind: randk, k: 1 }'), undefined);
});

test('a starting point outside of the ball is refused', async (t) => {
  t.regex((await refused('method.radius=0.1'))!, /^method.*0\.1/);
});
