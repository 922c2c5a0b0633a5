import test from 'ava';
import { simulate, type SimulationEvent, type WorkerPlan } from '../../src/engine/index.js';
import { instantLink } from '../../src/network/index.js';
import { seededRandom } from '../../src/random/index.js';
import { synchronous, type SynchronousOptions } from '../../src/protocols/index.js';
import { planOf } from '../engine/small-plan.js';

/** Workers of these speeds, the last so many Byzantine, whose messages take 1 ms. */
const crew = (speeds: readonly number[], byzantine = 0): readonly WorkerPlan[] =>
  speeds.map((speed, i) => ({
    byzantine: i >= speeds.length - byzantine,
    speed,
    share: Int32Array.of(i),
    link: { ...instantLink, compute: { sample: () => 1 } },
  }));

/** The ids that are drawn in each of so many rounds. */
const drawn = (
  workers: readonly WorkerPlan[],
  options: SynchronousOptions,
  rounds: number,
): readonly (readonly number[])[] => {
  const sets: number[][] = Array.from({ length: rounds }, () => []);
  let error: Error | undefined;
  simulate(
    planOf({ workers, stop: { steps: rounds }, measure: { kind: 'steps', steps: rounds } }),
    synchronous(options),
  ).subscribe({
    next: (event: SimulationEvent) => {
      if (event.kind === 'assigned') sets[event.version]!.push(event.worker);
    },
    error: (thrown: Error) => (error = thrown),
  });
  if (error) throw error;
  return sets;
};

/** The probability of each set of `count` ids, when each place goes to one of those left in proportion to its chance. */
const exactly = (chances: readonly number[], count: number): ReadonlyMap<string, number> => {
  const sets = new Map<string, number>();
  const go = (taken: readonly number[], probability: number): void => {
    if (taken.length === count) {
      const name = [...taken].sort((a, b) => a - b).join();
      sets.set(name, (sets.get(name) ?? 0) + probability);
      return;
    }
    const left = chances.map((_, i) => i).filter((i) => !taken.includes(i + 1));
    const total = left.reduce((sum, i) => sum + chances[i]!, 0);
    for (const i of left) go([...taken, i + 1], (probability * chances[i]!) / total);
  };
  go([], 1);
  return sets;
};

/** Pearson's statistic of the sets against their probabilities, in its own standard deviations from its mean. */
const excess = (sets: readonly (readonly number[])[], wanted: ReadonlyMap<string, number>): number => {
  const seen = new Map<string, number>();
  for (const set of sets) seen.set(set.join(), (seen.get(set.join()) ?? 0) + 1);
  let statistic = 0;
  for (const [name, probability] of wanted) {
    const expected = probability * sets.length;
    statistic += ((seen.get(name) ?? 0) - expected) ** 2 / expected;
  }
  const freedom = wanted.size - 1;
  return (statistic - freedom) / Math.sqrt(2 * freedom);
};

const ROUNDS = 20_000;

for (const count of [1, 2, 3])
  test(`sets of ${count} come as often as successive sampling says`, (t) => {
    const speeds = [1, 2, 3, 5, 9];
    const sets = drawn(crew(speeds), { participants: count, probability: ({ speed }) => speed! }, ROUNDS);
    t.true(sets.every((set) => set.length === count && new Set(set).size === count));
    t.true(excess(sets, exactly(speeds, count)) < 4);
    // The same would not pass for other chances.
    t.true(excess(sets, exactly([1, 1, 1, 1, 1], count)) > 100);
    t.true(excess(sets, exactly([1, 2, 3, 5, 8], count)) > 4);
  });

test('equal chances, told or not, give every set as often', (t) => {
  for (const options of [{}, { probability: 3 }]) {
    const sets = drawn(crew([1, 2, 3, 4, 5]), { participants: 2, ...options }, ROUNDS);
    t.true(Math.abs(excess(sets, exactly([1, 1, 1, 1, 1], 2))) < 4);
  }
});

test('ids count within a group, and chances may differ by group', (t) => {
  const seen: string[] = [];
  const probability = ({ id, group, byzantine, speed, count }: Readonly<Record<string, number>>): number => {
    if (count === 0) seen.push([id, group, byzantine, speed].join());
    return byzantine === 1 ? 1e12 : 1;
  };
  const sets = drawn(crew([1, 1, 1, 7, 8], 2), { participants: 2, probability }, 50);
  t.deepEqual(seen.slice(0, 5), ['1,3,0,1', '2,3,0,1', '3,3,0,1', '1,2,1,7', '2,2,1,8']);
  t.true(sets.every((set) => set.join() === '4,5'));
});

test('a chance may follow how many messages have come', (t) => {
  // Whoever has sent less is drawn, so that all take turns.
  const sets = drawn(crew([1, 1, 1, 1]), { participants: 1, probability: ({ count }) => 1e-9 ** count! }, 40);
  for (let i = 0; i < 40; i += 4) t.is(new Set(sets.slice(i, i + 4).flat()).size, 4);
});

test('where all take part, nothing is drawn', (t) => {
  const sets = drawn(crew([1, 2]), { participants: 2, probability: ({ speed }) => speed! }, 3);
  t.deepEqual(sets, [[1, 2], [1, 2], [1, 2]]); // prettier-ignore
});

test('without the option a round’s set is drawn as ever: Fisher & Yates, among the workers in order', (t) => {
  const sets = drawn(crew([1, 1, 1, 1, 1]), { participants: 2 }, 8);
  t.deepEqual(
    sets.map((set) => set.join('')),
    ['14', '13', '34', '13', '45', '35', '25', '12'],
  );
  const random = seededRandom(1).fork('protocol/participants');
  const replayed = sets.map(() => {
    const ids = [1, 2, 3, 4, 5];
    for (const i of [0, 1]) {
      const j = i + Math.floor(random.next() * (5 - i));
      [ids[i], ids[j]] = [ids[j]!, ids[i]!];
    }
    return ids.slice(0, 2).sort((a, b) => a - b);
  });
  t.deepEqual(sets, replayed);
  t.deepEqual(drawn(crew([1, 1, 1, 1, 1]), { participants: 2, among: 'available' }, 8), sets);
});

test('chances that are none are refused in one sentence', (t) => {
  const refused = (options: SynchronousOptions, message: string): void => {
    t.throws(() => synchronous(options).check(crew([1, 2, 3])), { instanceOf: RangeError, message });
  };
  refused(
    { participants: 2, probability: ({ speed }) => 2 - speed! },
    'probability is 0 at id = 2, group = 3, byzantine = 0, speed = 2, count = 0; it must be finite, > 0',
  );
  refused({ participants: 2, probability: 0 }, 'probability is 0; it must be finite, > 0');
  refused({ participants: 2, probability: Infinity }, 'probability is Infinity; it must be finite, > 0');
  refused(
    { probability: 1 },
    'probability says who is drawn, but all take part; give participants, how many are drawn',
  );
});

test('a chance that leaves its range during a run ends it with a sentence', (t) => {
  t.throws(() => drawn(crew([1, 1]), { participants: 1, probability: ({ count }) => 2 - count! }, 20), {
    instanceOf: RangeError,
    message: /^probability is 0 at id = \d, group = 2, byzantine = 0, speed = 1, count = 2; it must be finite, > 0$/,
  });
});
