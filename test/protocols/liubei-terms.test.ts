import test from 'ava';
import { momentum, sgd } from '../../src/methods/index.js';
import { gatherPeriod, isOutsideLiubei, requireGradients } from '../../src/protocols/liubei-terms.js';
import { halfSquare } from '../engine/half-square.js';

const rough = halfSquare(2);
const smooth = (constant: number) => ({ ...rough, smoothness: () => constant });
const plan = { method: sgd({ lr: 0.1 }), objective: rough };
const crew = (workers: number, liars: number, servers: number, lyingServers: number) => ({
  workers: Array.from({ length: workers }, (__, i) => ({ byzantine: i < liars })),
  servers: Array.from({ length: servers }, (__, i) => ({ byzantine: i < lyingServers })),
});

test('T is floor(1/(3 l η)), by hand', (t) => {
  t.is(gatherPeriod({ lipschitz: 0.3 }, plan), 11);
  t.is(gatherPeriod({ lipschitz: 1 }, plan), 3);
  t.is(gatherPeriod({ lipschitz: 100 }, plan), 1, 'at least 1');
  t.is(gatherPeriod({ gather: 7 }, plan), 7);
  t.is(gatherPeriod({}, { ...plan, objective: smooth(0.5) }), 6, 'the model’s own constant');
  t.is(gatherPeriod({ lipschitz: 1 }, { ...plan, objective: smooth(0.5) }), 3, 'what is given goes first');
});

test('η is the method’s first rate', (t) => {
  const falling = { ...plan, method: sgd({ lr: ({ t: step }) => 0.02 / step! }) };
  t.is(gatherPeriod({ lipschitz: 1 }, falling), 16);
});

test('a T that can’t be known is refused', (t) => {
  t.throws(() => gatherPeriod({}, plan), { instanceOf: RangeError, message: /^gather is missing: how smooth/ });
  t.throws(() => gatherPeriod({ lipschitz: 1 }, { ...plan, method: sgd({ lr: 0 }) }), {
    instanceOf: RangeError,
    message: /no number of steps with l = 1 and η = 0/,
  });
});

test('only messages that are gradients go', (t) => {
  t.notThrows(() => requireGradients({ timeout: 1, gather: 2 }, plan));
  t.throws(() => requireGradients({ timeout: 1, gather: 2 }, { ...plan, method: momentum({ lr: 0.1, beta: 0.9 }) }), {
    instanceOf: RangeError,
    message: /use sgd$/,
  });
});

test('the theorem’s preconditions', (t) => {
  const options = { timeout: 1 };
  t.deepEqual(isOutsideLiubei(options, crew(3, 1, 4, 1)), []);
  t.deepEqual(isOutsideLiubei(options, crew(1, 0, 1, 0)), []);
  t.deepEqual(isOutsideLiubei(options, crew(2, 1, 3, 1)), [
    'LiuBei needs n_ps >= 3 f_ps + 1, which is 4; there are 3 servers',
    'LiuBei needs n_wr >= 2 f_wr + 1, which is 3; there are 2 workers',
  ]);
  t.deepEqual(isOutsideLiubei({ ...options, f: 1, fServers: 1 }, crew(5, 2, 4, 2)), [
    '2 servers are Byzantine, and fServers, of which it withstands, is 1',
    '2 workers are Byzantine, and f, of which it withstands, is 1',
  ]);
});
