import test from 'ava';
import { folderWithTiny, readJson, list, tardigrade } from './process.js';

const served = {
  workers: { count: 9, byzantine: 2 },
  servers: { count: 6, byzantine: 1, attack: 'equivocate' },
  network: { compute: 'exponential(20ms)', upload: '5ms', download: '5ms', between: { delay: '5ms' } },
  protocol: 'guanyu',
  stop: { steps: 20 },
};

test.serial('a run with several servers ends well', async (t) => {
  const cwd = await folderWithTiny(t, served);
  const { code, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--quiet');
  t.deepEqual([code, stderr], [0, '']);
  const [name] = await list(cwd, 'runs');
  t.like(await readJson(cwd, 'runs', name!, 'summary.json'), { steps: 20 });
});

test.serial(
  'more silent servers than the bound: exit code 3, the quorum that can’t fill, and who kept silent',
  async (t) => {
    const cwd = await folderWithTiny(t, {
      ...served,
      servers: { count: 6, byzantine: 2, attack: { kind: 'silence', at: '100ms' } },
      protocol: { kind: 'guanyu', fServers: 1 },
      allowUnsafe: true,
    });
    const { code, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--quiet');
    t.is(code, 3);
    t.regex(
      stderr,
      /server 1 waits for the quorum of 5 models of step \d+, of which 4 came|workers? \S+ waits for the quorum of 5 models of step \d+, of which 4 came/,
    );
    t.regex(stderr, /servers 5\.\.6 kept silent/);
    t.notRegex(stderr, /\n\s+at /);
  },
);

test.serial('more silent workers than the bound: the same of gradients', async (t) => {
  const cwd = await folderWithTiny(t, {
    ...served,
    workers: { count: 9, byzantine: 3 },
    attack: 'silent',
    protocol: { kind: 'guanyu', f: 2 },
    allowUnsafe: true,
  });
  const { code, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--quiet');
  t.is(code, 3);
  t.regex(stderr, /server 1 waits for the quorum of 7 gradients of step 1, of which 6 came/);
  t.regex(stderr, /workers 7\.\.9 kept silent/);
});

test.serial('outside the theorem: exit code 2 and the sentence, unless it is allowed', async (t) => {
  const cwd = await folderWithTiny(t, { ...served, servers: { count: 5, byzantine: 1 } });
  const refused = await tardigrade(cwd, 'run', 'tiny.yaml', '--quiet');
  t.is(refused.code, 2);
  t.regex(refused.stderr, /GuanYu needs n_ps >= 3 f_ps \+ 3, which is 6; there are 5 servers.*--allow-unsafe/);
  const allowed = await tardigrade(cwd, 'run', 'tiny.yaml', '--quiet', 'allowUnsafe=true');
  t.is(allowed.code, 0, allowed.stderr);
});
