import test from 'ava';
import { host } from '../../src/scheduler/host.js';

test('what the machine has deferred can be called off', async (t) => {
  const log: string[] = [];
  for (const milliseconds of [0, 1]) host.defer(() => log.push('called off'), milliseconds)();
  await new Promise<void>((resolve) => void host.defer(resolve, 2));
  t.deepEqual(log, []);
  t.true(host.now() <= host.now());
});
