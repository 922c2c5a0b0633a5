import { join } from 'node:path';
import test from 'ava';
import { folderWithTiny, read, readJson, tardigrade } from './process.js';

interface Held {
  readonly communication: { readonly timePerStepMs: number; readonly messagesPerStep: number };
  readonly overhead?: { readonly against: string; readonly reach: number; readonly throughput: number };
  readonly replications?: { readonly overhead: { readonly throughput: { readonly mean: number } } };
}

const held = (...path: readonly string[]): Promise<Held> => readJson(...path) as unknown as Promise<Held>;

const compared = {
  protocol: 'synchronous',
  attack: 'none',
  compare: { 'plain mean': { aggregator: 'mean' }, slow: { 'network.compute': '10s' } },
  measure: { overhead: { against: 'plain mean' } },
};

test('runs are held against a baseline, in a table and in their summaries', async (t) => {
  const cwd = await folderWithTiny(t, compared);
  const { code, stdout, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--quiet', '--out', 'out');
  t.deepEqual([code, stderr], [0, '']);
  t.regex(
    stdout,
    /\n\nagainst plain mean:\n.*throughput.*\nrun .*\ntiny .*\nplain mean .* 0\.0 % +0\.0 % +0\.0 %\nslow .*\n\n/,
  );
  const main = await held(cwd, 'out', 'summary.json');
  const plain = await held(cwd, 'out', 'compare', 'plain-mean', 'summary.json');
  const slow = await held(cwd, 'out', 'compare', 'slow', 'summary.json');
  t.like(main.overhead, { against: 'plain mean', throughput: 0 });
  t.like(plain.overhead, { against: 'plain mean', throughput: 0, convergence: 0, convergenceSteps: 0 });
  t.is(slow.overhead!.throughput, slow.communication.timePerStepMs / plain.communication.timePerStepMs - 1);
  t.true(slow.overhead!.throughput > 1);
  t.is(main.communication.messagesPerStep, 10);
  const whole = (await readJson(cwd, 'out', 'summary.json')).compare as Readonly<Record<string, Held>>;
  t.deepEqual(whole.slow, slow);

  // A compared run alone has no baseline, and is the same.
  t.notRegex(await read(cwd, 'out', 'compare', 'slow', 'scenario.yaml'), /overhead/);
  const alone = await tardigrade(cwd, 'run', join('out', 'compare', 'slow', 'scenario.yaml'), '--quiet', '--json');
  t.false('overhead' in (JSON.parse(alone.stdout) as object));
  const again = await tardigrade(cwd, 'run', 'tiny.yaml', '--quiet', '--json', 'measure.overhead.reach=0.5');
  const { overhead, configHash } = JSON.parse(again.stdout) as Held & { readonly configHash: string };
  t.is(overhead!.reach, 0.5);
  t.is(configHash, (await readJson(cwd, 'out', 'summary.json')).configHash as string);
});

test('replications are held against those of the same seeds', async (t) => {
  const cwd = await folderWithTiny(t, { ...compared, replications: 2 });
  const args = ['--quiet', '--json', 'measure.overhead.against=tiny'];
  const { code, stdout } = await tardigrade(cwd, 'run', 'tiny.yaml', ...args);
  t.is(code, 0);
  const { replications, compare } = JSON.parse(stdout) as Held & { readonly compare: Readonly<Record<string, Held>> };
  t.like(replications!.overhead.throughput, { mean: 0, halfWidth: 0 });
  t.true(compare.slow!.replications!.overhead.throughput.mean > 1);
});

test('a baseline that is no run is told, with the nearest name; so is one of a compared run’s own', async (t) => {
  const cwd = await folderWithTiny(t, compared);
  const wrong = await tardigrade(cwd, 'run', 'tiny.yaml', '--quiet', 'measure.overhead.against=plane mean');
  t.is(wrong.code, 2);
  t.regex(
    wrong.stderr,
    /measure\.overhead\.against=plane mean: unknown run "plane mean"; the runs are tiny, plain mean, slow; did you mean "plain mean"\?\n$/,
  );
  const own = await folderWithTiny(t, {
    ...compared,
    compare: { slow: { 'measure.overhead': { against: 'slow' } } },
    measure: {},
  });
  const twice = await tardigrade(own, 'run', 'tiny.yaml', '--quiet');
  t.is(twice.code, 2);
  t.regex(twice.stderr, /measure\.overhead: all runs are held against one baseline; say it in the main run\n$/);
});
