import test from 'ava';
import { momentumTailored, type AttackRule } from '../../src/attacks/index.js';
import { randK } from '../../src/compressors/index.js';
import { simulate, type World } from '../../src/engine/index.js';
import type { Objective } from '../../src/learning/objective.js';
import { dynaBro } from '../../src/methods/index.js';
import { instantLink } from '../../src/network/index.js';
import { synchronous } from '../../src/protocols/index.js';
import type { AggregatorRule } from '../../src/weighted/aggregator.js';
import { centeredClipping } from '../../src/weighted/centered-clipping.js';
import { medianFilteredMean } from '../../src/weighted/mfm.js';
import { weightedMedian } from '../../src/weighted/weighted-median.js';
import { halfSquare } from './half-square.js';
import { planOf } from './small-plan.js';

type Rows = readonly (readonly number[])[];

/** What the rule of a part was given, and what it made of that. */
interface Call {
  readonly part: number;
  readonly vectors: Rows;
  readonly trusted: readonly number[] | undefined;
  readonly deviation: number | undefined;
  readonly made: readonly number[];
}

/** A rule, the median unless given, and what it was asked in rounds. */
const spied = (calls: Call[], rule = weightedMedian()): AggregatorRule => {
  let made = 0;
  return (shape) => {
    const inner = rule(shape);
    // What memory it takes is tried with longer vectors; the first three others are the server's.
    const part = shape.dimension === 3 ? made++ : NaN;
    return (input, out) => {
      inner(input, out);
      const vectors = Array.from({ length: input.count }, (_, i) => Array.from(input.vectors[i]!));
      const { trusted, deviation } = input as { trusted?: ArrayLike<number>; deviation?: number };
      if (part < 3)
        calls.push({ part, vectors, trusted: trusted && Array.from(trusted), deviation, made: Array.from(out) });
    };
  };
};

interface Round {
  readonly level: number;
  /** x_t. */
  readonly model: readonly number[];
  readonly calls: readonly Call[];
}

/** The rounds of a run of DynaBRO with as many workers as compute times, on ½‖x − z‖²; liars are told by their ids. */
const roundsOf = (
  spans: readonly number[],
  liars: readonly number[],
  { rule, ...parts }: Parameters<typeof planOf>[0] & { readonly rule?: AggregatorRule } = {},
) => {
  const calls: Call[] = [];
  const objective = halfSquare(3);
  let world: World | undefined;
  const plan = planOf({
    objective,
    workers: spans.map((span, i) => ({
      ...{ byzantine: liars.includes(i + 1), speed: 1, share: Int32Array.of(i) },
      link: { ...instantLink, compute: { sample: () => span, span } },
    })),
    method: dynaBro({ lr: 0.1, filter: 'none', horizon: 16 }),
    weight: () => 1,
    aggregator: spied(calls, rule),
    stop: { steps: 30 },
    ...parts,
  });
  const rounds: Round[] = [];
  let level = 0;
  let model: number[] = [];
  simulate(plan, synchronous(), undefined, (made) => (world = made)).subscribe((event) => {
    if (event.kind === 'assigned') {
      level = Math.log2(event.gradients ?? 1);
      model = [...world!.model];
    }
    if (event.kind === 'stepped') rounds.push({ level, model, calls: calls.splice(0) });
  });
  return { rounds, drawn: objective.drawn, world: world! };
};

/** The means that a worker's message has in each round, of as many samples as these: x − z. */
const meansOf = (rounds: readonly Round[], samples: Rows): readonly Rows[] => {
  let taken = 0;
  return rounds.map(({ level, model }) => {
    const own = samples.slice(taken, (taken += 2 ** level));
    const counts = [1, 2 ** level, 2 ** (level - 1)].slice(0, Math.min(level, 2) + 1);
    return counts.map((count) =>
      model.map((x, k) => own.slice(0, count).reduce((sum, z) => sum + (x - z[k]!) / count, 0)),
    );
  });
};

const near = (a: Rows, b: Rows): boolean =>
  a.length === b.length && a.every((row, i) => row.every((value, k) => Math.abs(value - b[i]![k]!) < 1e-12));

test('the rule of each part is given that part of every message, and none that isn’t used', (t) => {
  const { rounds, drawn } = roundsOf([10, 20, 30], [], { trusted: 1 });
  const means = [0, 1, 2].map((worker) => meansOf(rounds, drawn.get(worker)!));
  t.true(new Set(rounds.map(({ level }) => level)).size >= 4);
  rounds.forEach(({ level, calls }, i) => {
    t.deepEqual(calls.map(({ part }) => part), [0, 1, 2].slice(0, Math.min(level, 2) + 1)); // prettier-ignore
    for (const { part, vectors, trusted, deviation } of calls) {
      t.true(near(vectors, means.map((each) => each[i]![part]!))); // prettier-ignore
      t.deepEqual(trusted, vectors[1]);
      t.is(deviation, undefined);
    }
  });
});

/** Sends its number times a thousand in each part, and keeps what it sees, one entry a part. */
const spy = (seen: { honest: Rows; draws: readonly number[]; tried: readonly number[] }[]): AttackRule => ({
  ...{ kind: 'vector', knowledge: 'defence', needsOwn: false },
  attack: ({ random }) => {
    const common = random!('common');
    return (view, out) => {
      const { count, vectors } = view.honest;
      out.fill(1000 * view.worker);
      const tried = new Float64Array(3);
      view.defence!.aggregate(out, tried);
      const honest = Array.from({ length: count }, (_, i) => Array.from(vectors[i]!));
      seen.push({ honest, draws: [view.random.next(), common.next()], tried: [...tried] });
    };
  },
});

test('who lies sees and tries each part by itself, with draws of its own, and what it writes is there', (t) => {
  const seen: Parameters<typeof spy>[0] = [];
  const { rounds, drawn } = roundsOf([10, 10, 20], [3], { attack: spy(seen) });
  const means = [0, 1].map((worker) => meansOf(rounds, drawn.get(worker)!));
  t.false(drawn.has(2));
  let at = 0;
  rounds.forEach(({ calls }, i) => {
    for (const { part, vectors, made } of calls) {
      const { honest, tried } = seen[at++]!;
      t.true(near(honest, means.map((each) => each[i]![part]!))); // prettier-ignore
      t.deepEqual(vectors, [...honest, [3000, 3000, 3000]]);
      t.deepEqual(tried, made);
    }
  });
  t.is(at, seen.length);
  const draws = seen.flatMap((each) => each.draws);
  t.is(new Set(draws).size, draws.length);
});

test('who lies before the honest arrive sees their latest, with the first gradient for levels these hadn’t got', (t) => {
  const seen: Parameters<typeof spy>[0] = [];
  const { rounds, drawn } = roundsOf([20, 20, 10], [3], { attack: spy(seen) });
  const means = [0, 1].map((worker) => meansOf(rounds, drawn.get(worker)!));
  let [at, lacking] = [0, 0];
  rounds.forEach(({ calls }, i) => {
    for (const { part } of calls) {
      const { honest } = seen[at++]!;
      if (i === 0) t.deepEqual(honest, []);
      else t.true(near(honest, means.map((each) => each[i - 1]![part] ?? each[i - 1]![0]!))); // prettier-ignore
      if (i > 0 && means[0]![i - 1]!.length <= part) lacking += 1;
    }
  });
  t.true(lacking > 5);
});

test('a rule that begins at its previous result does so in each part, for who tries lies too', (t) => {
  const seen: Parameters<typeof spy>[0] = [];
  const { rounds } = roundsOf([10, 10, 20], [3], { attack: spy(seen), rule: centeredClipping({ radius: 1 }) });
  const made = rounds.flatMap(({ calls }) => calls.map((call) => call.made));
  t.true(near(seen.map(({ tried }) => tried), made)); // prettier-ignore
});

test('what falsifies gradients adds the same to every mean, and does so before they are compressed', (t) => {
  const workers = [[10, 10, 10], [3]] as const;
  const stop = { steps: 1 };
  const attack = momentumTailored({ bias: 2, alpha: 1 });
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const [honest, falsified] = [{}, { attack }].map((more) => roundsOf(...workers, { seed, stop, ...more }).rounds[0]!); // prettier-ignore
    const differences = falsified!.calls.map(({ vectors }, part) =>
      vectors.map((vector, i) => vector.map((value, k) => value - honest!.calls[part]!.vectors[i]![k]!)),
    );
    for (const [first, second, third] of differences) {
      t.deepEqual([first, second], [[0, 0, 0], [0, 0, 0]]); // prettier-ignore
      t.true(near([third!], [differences[0]![2]!]) && Math.abs(Math.hypot(...third!) - 2) < 1e-12);
    }
    const compressed = roundsOf(...workers, { seed, stop, attack, compression: randK({ k: 1 }) }).rounds[0]!;
    compressed.calls.forEach(({ part, vectors }) =>
      vectors.forEach((vector, i) => {
        const place = vector.findIndex((value) => value !== 0);
        t.is(vector.filter((value) => value !== 0).length, 1);
        t.true(Math.abs(vector[place]! - 3 * falsified!.calls[part]!.vectors[i]![place]!) < 1e-12);
      }),
    );
  }
});

test('what falsifies data does so with every sample of a Byzantine worker', (t) => {
  let falsified = 0;
  const attack: AttackRule = {
    kind: 'data',
    knowledge: 'own',
    falsify: ({ labels }) => void (labels[0] = ++falsified),
  };
  const plain = halfSquare(3);
  const objective: Objective = {
    ...plain,
    batch: () => ({ ...plain.batch(), labels: new Float64Array(1) }),
    draw: (_random, _share, batch) => void (batch.labels[0] = 0),
    gradient: (params, { labels }, out) => {
      for (let k = 0; k < 3; k++) out[k] = params[k]! - labels[0]!;
      return 0;
    },
  };
  const { rounds } = roundsOf([10, 10], [2], { attack, objective });
  let first = 0;
  for (const { level, model, calls } of rounds) {
    const count = 2 ** level;
    const means = [first + 1, first + (count + 1) / 2, first + (count / 2 + 1) / 2];
    for (const { part, vectors } of calls) {
      t.true(near([vectors[0]!], [model]));
      t.true(near([vectors[1]!], [model.map((x) => x - means[part]!)])); // prettier-ignore
    }
    first += count;
  }
  t.is(falsified, first);
});

test('the rule is told how far means of so many gradients stray, and so is who tries lies on it', (t) => {
  const method = dynaBro({ lr: 0.1, filter: 'none', horizon: 16, noise: 3 });
  const seen: Parameters<typeof spy>[0] = [];
  const rule = medianFilteredMean({ threshold: 'method' });
  const { rounds } = roundsOf([10, 10, 20], [3], { method, rule, attack: spy(seen) });
  const most = 3 * Math.sqrt(8 * Math.log(16 * 9 * 16));
  let at = 0;
  for (const { level, calls } of rounds)
    for (const { part, deviation, made } of calls) {
      const expected = most / Math.sqrt(2 ** [0, level, level - 1][part]!);
      t.true(Math.abs(deviation! - expected) < 1e-9);
      t.deepEqual(seen[at++]!.tried, made);
    }
  t.is(at, seen.length);
});
