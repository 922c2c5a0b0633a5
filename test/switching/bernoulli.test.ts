import test from 'ava';
import { fc, testProp } from '@fast-check/ava';
import { bernoulli } from '../../src/switching/index.js';
import { roundsOf } from './changes.js';

testProp(
  'the cap is never exceeded, and everybody stays Byzantine for the duration and no longer',
  [
    fc
      .integer({ min: 2, max: 9 })
      .chain((workers) => fc.tuple(fc.constant(workers), fc.integer({ min: 1, max: workers - 1 }))),
    fc.constantFrom(0.01, 0.3, 0.9, 1),
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 0, max: 1000 }),
  ],
  (t, [workers, cap], p, rounds, seed) => {
    const { sets, turns } = roundsOf(bernoulli({ p, duration: `${rounds} steps`, cap }), workers, 60, seed);
    t.deepEqual(sets[0], []);
    t.true(sets.every((set) => set.length <= cap));
    turns.forEach((changes, round) => {
      for (const change of changes)
        if (change > 0 && round + rounds < turns.length) t.true(turns[round + rounds]!.includes(-change));
        else if (change < 0) t.true(turns[round - rounds]!.includes(-change));
    });
  },
);

test('an honest worker turns in a round with probability p', (t) => {
  const [workers, rounds, p] = [7, 20_000, 0.03];
  const { sets, turns } = roundsOf(bernoulli({ p, duration: '4 steps', cap: 6 }), workers, rounds);
  // Trials are those of workers that are honest once the round's own have come back.
  let trials = 0;
  let successes = 0;
  const each = new Array<number>(workers).fill(0);
  turns.forEach((changes, i) => {
    const back = changes.filter((change) => change < 0).length;
    trials += workers - (sets[i]!.length - back);
    for (const change of changes)
      if (change > 0) {
        successes += 1;
        each[change - 1]! += 1;
      }
  });
  t.true(Math.abs(successes - p * trials) < 3 * Math.sqrt(trials * p * (1 - p)), `${successes} of ${trials}`);
  // No id is likelier than another.
  const mean = successes / workers;
  for (const count of each) t.true(Math.abs(count - mean) < 4 * Math.sqrt(mean), each.join(' '));
});

test('without a cap that binds, a worker is Byzantine p·D/(p·D + 1 − p) of the time', (t) => {
  const [p, duration, rounds] = [0.02, 10, 50_000];
  const shares = Array.from({ length: 20 }, (_, seed) => {
    const { sets } = roundsOf(bernoulli({ p, duration: `${duration} steps`, cap: 2 }), 3, rounds / 20, seed);
    // Of three workers one is looked at: the others only take the cap's places, which hardly ever binds.
    return sets.filter((set) => set.includes(1)).length / sets.length;
  });
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (shares.length - 1);
  const expected = (p * duration) / (p * duration + 1 - p);
  t.true(Math.abs(mean - expected) < 3 * Math.sqrt(variance / shares.length), `${mean} beside ${expected}`);
});

test('where the cap binds, the lowest ids have no advantage', (t) => {
  const rounds = 9000;
  const { turns } = roundsOf(bernoulli({ p: 1, duration: '1 step', cap: 1 }), 3, rounds);
  const counts = [0, 0, 0];
  for (const changes of turns) for (const change of changes) if (change > 0) counts[change - 1]! += 1;
  t.is(counts[0]! + counts[1]! + counts[2]!, rounds);
  for (const count of counts) t.true(Math.abs(count - 3000) < 4 * Math.sqrt((rounds * 2) / 9), counts.join(' '));
});

test('what can’t be is refused', (t) => {
  const message = (options: object): string | undefined =>
    t.throws(() => bernoulli({ p: 0.1, duration: '3 steps', cap: 1, ...options }).first(5), { instanceOf: RangeError })
      .message;
  t.is(message({ duration: '3s' }), 'the duration 3s is no whole number of rounds, which are 1 step each');
  t.is(message({ every: '2 steps' }), 'the duration 3 steps is no whole number of rounds, which are 2 steps each');
  t.is(message({ cap: 5 }), 'the cap is 5 of 5 workers; at least one worker must be honest');
  t.is(message({ cap: 0.1 }), 'the cap is 0.1 of 5 workers, which is nobody');
  t.notThrows(() => bernoulli({ p: 0.1, every: '0.1s', duration: '0.3s', cap: 0.4 }).first(5));
});

test('a chance that is next to none is none, and costs no time', (t) => {
  for (const p of [1e-17, 1e-300, Number.MIN_VALUE]) {
    const { turns } = roundsOf(bernoulli({ p, duration: '1 step', cap: 2 }), 5, 1000);
    t.deepEqual(turns.flat(), []);
  }
});
