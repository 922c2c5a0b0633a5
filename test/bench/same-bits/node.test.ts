import test from 'ava';
import { inNode } from '../../../bench/same-bits/node.js';
import { sameBitsScenarios } from '../../../bench/same-bits/scenarios.js';
import { traceHashes } from '../../../bench/same-bits/trace-hashes.js';

const scenarios = sameBitsScenarios.filter(({ name }) => name === 'linear');

test('a Node in a process of its own, with two threads, gives what this one gives', async (t) => {
  const task = { scenarios, kernels: 'simd' } as const;
  const { version, hashes, elsewhere } = await inNode([process.execPath], { ...task, threads: 2 });
  t.is(version, process.version);
  t.deepEqual(hashes, await traceHashes(task));
  t.true(elsewhere > 0, `${elsewhere} messages`);
});

test('what a Node says when it fails is told', async (t) => {
  const broken = { name: 'broken' } as unknown as (typeof scenarios)[number];
  await t.throwsAsync(inNode([process.execPath], { scenarios: [broken], kernels: 'plain', threads: 1 }), {
    message: /ended with 1:\n[^]*Misfit/,
  });
});

test('a Node that isn’t there is named', async (t) => {
  await t.throwsAsync(inNode(['/nowhere/node'], { scenarios, kernels: 'plain', threads: 1 }), {
    message: /^\/nowhere\/node .*could not be started/,
  });
});
