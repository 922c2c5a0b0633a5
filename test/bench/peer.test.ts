import test from 'ava';
import { startPeer } from '../../bench/peer.js';
import type { Request } from '../../bench/tasks/request.js';

/** A process of Node's with this program. */
const node = (program: string) => startPeer('it', process.execPath, ['--input-type=module', '--eval', program]);

const request: Request = { task: 'rule', rule: '', vectors: '', rows: 1, dimension: 1, weights: [1], f: 0, repeats: 3 };

test('requests are answered in their order', async (t) => {
  const peer = await node(`
    import { createInterface } from 'node:readline';
    console.log('{"version":"7"}');
    for await (const line of createInterface({ input: process.stdin }))
      console.log(JSON.stringify({ seconds: JSON.parse(line).repeats, all: [] }));
  `);
  t.is(peer.version, '7');
  const answers = await Promise.all([1, 2, 3].map((repeats) => peer.ask({ ...request, repeats })));
  t.deepEqual(
    answers.map((answer) => ('seconds' in answer ? answer.seconds : NaN)),
    [1, 2, 3],
  );
  peer.close();
});

test('a process that ends before it has said anything is an error', async (t) => {
  await t.throwsAsync(node(''), { message: 'the process of it has ended' });
  await t.throwsAsync(startPeer('it', '/nowhere/python3', []), { message: 'the process of it has ended' });
});

test('a request that the process doesn’t survive is answered by an error, and so are those after it', async (t) => {
  const peer = await node(`console.log('{"version":"7"}'); process.stdin.once('data', () => process.exit(1));`);
  const error = { error: 'the process of it has ended' };
  t.deepEqual(await peer.ask(request), error);
  t.deepEqual(await peer.ask(request), error);
});
