import test from 'ava';
import { Rounds } from '../../src/engine/rounds.js';
import type { Transport } from '../../src/engine/transport.js';
import { WorkerRows } from '../../src/engine/worker-rows.js';
import { instantLink, type Delay, type Link } from '../../src/network/index.js';
import { seededRandom, type Random } from '../../src/random/index.js';
import { OutOfRangeError } from '../../src/registry/out-of-range-error.js';

const roundsOf = (links: readonly Link[], random: Random, work?: Transport['work']): Rounds => {
  const rows = new WorkerRows(links.length);
  const rounds = new Rounds(links, random, rows, work);
  rows.seal();
  return rounds;
};

const drawn: Delay = { sample: (random) => random.next() };

test('each phase of each worker draws from a stream of its own', (t) => {
  const link = { download: drawn, compute: drawn, upload: drawn };
  const rounds = roundsOf([link, link], seededRandom(1));
  const of = (worker: number, phase: string) => {
    const stream = seededRandom(1).fork(`worker ${worker}/${phase}`);
    return [stream.next(), stream.next()] as const;
  };
  for (const time of [0, 1])
    for (const worker of [2, 1]) {
      const { download, compute, upload } = rounds.draw(worker - 1, time);
      t.deepEqual(
        [download, compute, upload],
        [of(worker, 'download')[time], of(worker, 'compute')[time], of(worker, 'upload')[time]],
      );
    }
});

test('fixed delays name no stream', (t) => {
  const forked: string[] = [];
  const random: Random = { ...seededRandom(1), fork: (name) => (forked.push(name), seededRandom(2)) };
  const fixed: Delay = { sample: () => t.fail(), span: 7 };
  const rounds = roundsOf([{ ...instantLink, download: fixed, compute: drawn }], random);
  t.is(rounds.draw(0, 0).download, 7);
  t.deepEqual(forked, ['worker 1/compute']);
});

test('delays that remember begin with their own stream', (t) => {
  const first: number[] = [];
  const remembering: Delay = {
    sample: () => t.fail(),
    start: (random) => {
      first.push(random.fork('x').next());
      return { sample: () => 3 };
    },
  };
  const rounds = roundsOf([{ ...instantLink, upload: remembering }], seededRandom(1));
  t.deepEqual(first, [seededRandom(1).fork('worker 1/upload/x').next()]);
  t.is(rounds.draw(0, 0).upload, 3);
});

test('work takes as long as it is told to', (t) => {
  const fixed: Delay = { sample: () => 8, span: 8 };
  const rounds = roundsOf([{ ...instantLink, compute: fixed }], seededRandom(1), (worker, span) => span / (worker + 2));
  t.is(rounds.draw(0, 0).compute, 4);
});

test('work that never ends is refused', (t) => {
  const fixed: Delay = { sample: () => 8, span: 8 };
  const rounds = roundsOf([{ ...instantLink, compute: fixed }], seededRandom(1), (_, span) => span / 1e-310);
  t.throws(() => rounds.draw(0, 0), { instanceOf: OutOfRangeError });
});

for (const span of [-1, NaN, Infinity])
  test(`a delay of ${span} is refused`, (t) => {
    const rounds = roundsOf([{ ...instantLink, compute: { sample: () => span } }], seededRandom(1));
    t.throws(() => rounds.draw(0, 0), {
      instanceOf: OutOfRangeError,
      message: `a delay came out as ${span} ms; it must be finite and >= 0`,
    });
  });
