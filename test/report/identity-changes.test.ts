import test from 'ava';
import { lastValueFrom } from 'rxjs';
import { simulate } from '../../src/engine/simulate.js';
import { readWith } from '../../src/report/reader.js';
import { summarise } from '../../src/report/summarise.js';
import { build, smallWith } from '../scenario/small-scenario.js';

const changesIn = async (byzantine: string, steps: number) => {
  const { plan, protocol } = await build(
    smallWith(
      ...['method={ kind: dynabro, lr: 0.05, filter: none }', 'protocol=synchronous', `stop={ steps: ${steps} }`],
      `workers={ count: 9, byzantine: ${byzantine} }`,
      'network={ compute: 1s }',
    ),
  );
  const run = await lastValueFrom(simulate(plan, protocol).pipe(readWith(summarise)));
  return run.identityChanges;
};

test('Periodic(K): whoever goes round is one round every K steps, in which all of a set leave and as many come', async (t) => {
  const rotate = (start: number) => `{ kind: periodic, start: ${start}, every: 10 steps, next: rotate }`;
  t.deepEqual(await changesIn(rotate(3), 95), { rounds: 9, turns: 54 });
  t.deepEqual(await changesIn(rotate(1), 29), { rounds: 2, turns: 4 });
  // 6 to 9 are followed by 1 to 4, these by 5 to 8, these by 9 and 1 to 3: always by others.
  t.deepEqual(await changesIn(rotate(4), 39), { rounds: 3, turns: 24 });
  t.is(await changesIn(rotate(3), 9), undefined);
});

test('Bernoulli(p, D, δ_max): with p = 1 the places are filled at once, and emptied and filled again every D rounds', async (t) => {
  // Two of nine turn at the first step; at the third, fifth, … they turn back, and two turn.
  const always = '{ kind: bernoulli, p: 1, duration: 2 steps, cap: 2 }';
  t.deepEqual(await changesIn(always, 10), { rounds: 5, turns: 2 + 4 * 4 });
  t.deepEqual(await changesIn(always, 3), { rounds: 2, turns: 6 });
  t.deepEqual(await changesIn('{ kind: bernoulli, p: 1, duration: 100 steps, cap: 4 }', 50), { rounds: 1, turns: 4 });
});
