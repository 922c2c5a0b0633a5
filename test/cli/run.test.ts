import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { parse } from 'yaml';
import { folder, folderWithTiny, list, read, readJson, tardigrade, tiny } from './process.js';

const files = ['figure.svg', 'manifest.json', 'metrics.jsonl', 'scenario.yaml', 'summary.json'];
const lines = (text: string): readonly Readonly<Record<string, unknown>>[] => {
  const all = text.split('\n');
  if (all.pop() !== '') throw new Error('the last line has no end');
  return all.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
};

test.serial('a run writes its folder, and prints a table with nothing on standard error', async (t) => {
  const cwd = await folderWithTiny(t);
  const { code, stdout, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--quiet');
  t.deepEqual([code, stderr], [0, '']);
  const [name] = await list(cwd, 'runs');
  t.regex(name!, /^tiny-[0-9a-f]{8}$/);
  t.true(stdout.includes(`runs/${name!}/`) && stdout.includes('error'));
  const root = join(cwd, 'runs', name!);
  t.deepEqual(await list(root), files);

  const manifest = await readJson(root, 'manifest.json');
  t.deepEqual(Object.keys(manifest), [
    'name',
    'version',
    'node',
    'platform',
    'seed',
    'replication',
    'configHash',
    'started',
    'ended',
    'status',
  ]);
  t.like(manifest, { name: 'tiny', node: process.version, seed: 1, replication: 0, status: 'finished' });
  t.true(name!.endsWith((manifest.configHash as string).slice(0, 8)));
  t.true(Date.parse(manifest.started as string) <= Date.parse(manifest.ended as string));

  const summary = await readJson(root, 'summary.json');
  t.like(summary, { name: 'tiny', seed: 1, configHash: manifest.configHash, steps: 50, messages: 50 });
  for (const key of ['traceHash', 'virtualTimeMs', 'wallSeconds', 'byzantineShare', 'staleness', 'final', 'best'])
    t.true(key in summary, key);
  t.deepEqual(Object.keys(summary.staleness as object), ['mean', 'p50', 'p95', 'max']);

  const metrics = lines(await read(root, 'metrics.jsonl'));
  t.deepEqual(
    metrics.map(({ step }) => step),
    Array.from({ length: 26 }, (_, i) => 2 * i),
  );
  t.true(
    metrics.every((line) =>
      ['time', 'step', 'messages', 'error', 'distance'].every((key) => typeof line[key] === 'number'),
    ),
  );
  t.is(metrics.at(-1)!.error, (summary.final as { error: number }).error);

  t.like(parse(await read(root, 'scenario.yaml')), {
    name: 'tiny',
    seed: 1,
    attack: { kind: 'little', z: 'max' },
    measure: { every: '2 steps' },
  });
  t.regex(await read(root, 'figure.svg'), /^<svg[^]*<\/svg>\s*$/);
});

test.serial(
  'the same scenario gives the same bits, again and from its written form; another seed gives others',
  async (t) => {
    const cwd = await folderWithTiny(t);
    const run = async (file: string, out: string, ...more: readonly string[]): Promise<string> => {
      const { code, stdout, stderr } = await tardigrade(cwd, 'run', file, '--out', out, '--json', ...more);
      t.deepEqual([code, stderr], [0, ''], stderr);
      const summary = JSON.parse(stdout) as { traceHash: string };
      t.is(`${JSON.stringify(summary, null, 2)}\n`, stdout, 'one JSON object and nothing else');
      t.is(stdout, await read(cwd, out, 'summary.json'));
      return summary.traceHash;
    };
    const first = await run('tiny.yaml', 'a');
    t.is(await run('tiny.yaml', 'b', '--trace'), first);
    t.is(await run('a/scenario.yaml', 'c'), first);
    t.not(await run('tiny.yaml', 'd', '--seed', '2'), first);
    for (const file of ['scenario.yaml', 'metrics.jsonl', 'figure.svg'])
      for (const out of ['b', 'c']) t.is(await read(cwd, out, file), await read(cwd, 'a', file), `${out}/${file}`);
    t.is((await readJson(cwd, 'd', 'manifest.json')).seed, 2);

    t.deepEqual(await list(cwd, 'b'), [...files, 'trace.jsonl'].sort());
    const trace = lines(await read(cwd, 'b', 'trace.jsonl'));
    const kinds = trace.map(({ kind }) => kind);
    t.is(kinds[0], 'started');
    t.is(kinds.at(-1), 'finished');
    t.is(kinds.filter((kind) => kind === 'stepped').length, 50);
    t.is(kinds.filter((kind) => kind === 'evaluated').length, lines(await read(cwd, 'b', 'metrics.jsonl')).length);

    await run('tiny.yaml', 'b');
    t.deepEqual(await list(cwd, 'b'), files, 'a trace of an earlier run does not stay');
  },
);

test.serial('.ts and .js scenarios run like their YAML, and overrides reach them', async (t) => {
  const cwd = await folderWithTiny(t);
  const text = JSON.stringify(tiny);
  await writeFile(
    join(cwd, 'typed.ts'),
    `interface S { readonly [key: string]: unknown }\nexport const scenario: S = ${text} as const;\n`,
  );
  await writeFile(join(cwd, 'plain.js'), `export default ${text};\n`);
  await writeFile(join(cwd, 'data.json'), text);
  const hash = async (file: string): Promise<unknown> => {
    const { code, stdout, stderr } = await tardigrade(cwd, 'run', file, 'seed=3', '--json', '--out', `out-${file}`);
    t.is(code, 0, stderr);
    return (JSON.parse(stdout) as { traceHash: string }).traceHash;
  };
  const expected = await hash('tiny.yaml');
  for (const file of ['typed.ts', 'plain.js', 'data.json']) t.is(await hash(file), expected, file);
  t.is((await readJson(cwd, 'out-typed.ts', 'manifest.json')).name, 'typed', 'named after its file');
});

test.serial('runs under compare have folders of their own, and one table and figure with the main run', async (t) => {
  const cwd = await folderWithTiny(t, {
    label: 'median',
    compare: { 'plain mean': { aggregator: 'mean' }, gm: { 'workers.byzantine': 1, aggregator: 'gm' } },
  });
  const { code, stdout } = await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet');
  t.is(code, 0);
  for (const label of ['median', 'plain mean', 'gm']) t.true(stdout.includes(label), label);
  t.deepEqual(await list(cwd, 'out'), ['compare', ...files]);
  t.deepEqual(await list(cwd, 'out', 'compare'), ['gm', 'plain-mean']);
  for (const name of ['gm', 'plain-mean'])
    t.deepEqual(
      await list(cwd, 'out', 'compare', name),
      files.filter((file) => file !== 'figure.svg'),
    );
  const summary = (await readJson(cwd, 'out', 'summary.json')) as { compare: Record<string, { traceHash: string }> };
  t.deepEqual(Object.keys(summary.compare), ['plain mean', 'gm']);
  t.deepEqual(summary.compare.gm, (await readJson(cwd, 'out', 'compare', 'gm', 'summary.json')) as never);
  const again = await tardigrade(cwd, 'run', 'out/compare/gm/scenario.yaml', '--json', '--out', 'again');
  t.is((JSON.parse(again.stdout) as { traceHash: string }).traceHash, summary.compare.gm!.traceHash);
});

test.serial('bytes are those that the network carries, and a warm-up that outlasts the run is told', async (t) => {
  const cwd = await folderWithTiny(t, { network: { compute: 1, messageBytes: 100 }, measure: { warmup: '1 h' } });
  const { code, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet');
  t.is(code, 0);
  t.regex(
    stderr,
    /^tardigrade: the run ended at \d+ ms, before its warm-up of 3600000 ms; statistics after it are empty\n$/,
  );
  const { traffic } = (await readJson(cwd, 'out', 'summary.json')) as {
    readonly traffic: { readonly bytesUp: number; readonly messages: number };
  };
  t.true(traffic.bytesUp > 0 && traffic.bytesUp % 100 === 0, JSON.stringify(traffic));
});

test.serial('compressed messages count with their own bytes, in the summary, the metrics and the trace', async (t) => {
  const compression = { kind: 'randk', k: 1 };
  const cwd = await folderWithTiny(t, { network: { compute: 1, messageBytes: 100, compression } });
  const { code } = await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet', '--trace');
  t.is(code, 0);
  const { traffic } = (await readJson(cwd, 'out', 'summary.json')) as {
    readonly traffic: Readonly<Record<'bytesUp' | 'bytesDown' | 'messages' | 'models', number>>;
  };
  const received = (await read(join(cwd, 'out', 'trace.jsonl')))
    .split('\n')
    .filter((line) => line.includes('"kind":"received"'))
    .map((line) => (JSON.parse(line) as { readonly bytes: number }).bytes);
  t.is(new Set(received).size, 1);
  t.true(received[0]! > 0 && received[0]! < 100, `${received[0]}`);
  t.is(traffic.bytesUp, traffic.messages * received[0]!);
  t.is(traffic.bytesDown, traffic.models * 100);
  const last = (await read(join(cwd, 'out', 'metrics.jsonl'))).trim().split('\n').at(-1)!;
  t.is((JSON.parse(last) as { readonly bytesUp: number }).bytesUp, traffic.bytesUp);
});

test.serial('a .ts scenario anywhere may say with RxJS when workers are there', async (t) => {
  const cwd = await folderWithTiny(t);
  const workers = `{ ...${JSON.stringify(tiny.workers)}, availability: (worker, scheduler) => interval(1000, scheduler).pipe(map((i) => i % 2 === 1)) }`;
  await writeFile(
    join(cwd, 'shifts.ts'),
    `import { interval, map } from 'rxjs';\nexport default { ...${JSON.stringify(tiny)}, workers: ${workers} };\n`,
  );
  const { code, stderr } = await tardigrade(cwd, 'run', 'shifts.ts', '--out', 'out', '--quiet', '--trace');
  t.deepEqual([code, stderr], [0, '']);
  t.true(
    (await read(cwd, 'out', 'trace.jsonl')).includes('"kind":"available","time":2000,"worker":1,"available":true'),
  );
  const again = await tardigrade(cwd, 'run', 'out/scenario.yaml');
  t.is(again.code, 2);
  t.regex(
    again.stderr,
    /scenario\.yaml:\d+:\d+: workers\.availability\.kind: a program is a function of a \.ts or \.js/,
  );
});

test.serial('progress goes to standard error only, and not with --quiet', async (t) => {
  const cwd = await folder(t);
  await writeFile(join(cwd, 'tiny.json'), JSON.stringify(tiny));
  const { stdout } = await tardigrade(cwd, 'run', 'tiny.json', '--out', 'out');
  // eslint-disable-next-line no-control-regex
  t.notRegex(stdout, /\u001b|\r/);
});

test.serial('threads and kernels are no part of what a run is', async (t) => {
  const cwd = await folderWithTiny(t);
  const hashes = async (...options: readonly string[]) => {
    const { code, stdout } = await tardigrade(cwd, 'run', 'tiny.yaml', '--quiet', '--json', ...options);
    t.is(code, 0);
    const { configHash, traceHash } = JSON.parse(stdout) as Record<string, string>;
    return { configHash, traceHash };
  };
  const alone = await hashes();
  t.deepEqual(await hashes('--threads', '2'), alone);
  t.deepEqual(await hashes('--kernels', 'simd'), alone);
  t.is((await hashes('--kernels', 'plain')).configHash, alone.configHash);
});

test.serial(
  'a run in which all is lost and nothing sends it again ends with exit code 3, and says who waits',
  async (t) => {
    const cwd = await folderWithTiny(t);
    const lossy = ['network.loss=1', 'protocol={kind: buffered, size: 4}', '--out', 'out', '--quiet'];
    const { code, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', ...lossy);
    t.is(code, 3);
    t.regex(
      stderr,
      /; the server waits for 4 more messages.*; workers 1, 2, 3, 4, 5 and the server wait for each other/,
    );
    t.is((await readJson(cwd, 'out', 'manifest.json')).status, 'stuck');
  },
);
