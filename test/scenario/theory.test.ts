import test from 'ava';
import type { MarinaNumbers } from '../../src/scenario/marina-report.js';
import { theoryOf } from '../../src/scenario/theory.js';
import { simulate } from '../../src/engine/simulate.js';
import type { World } from '../../src/engine/world.js';
import { build, smallBut } from './small-scenario.js';

const method = {
  ...{ kind: 'byz-vr-marina-pp', lr: 0.001, probability: 0.5, sample: 4, fullSample: 5 },
  ...{ clip: 1, average: false },
};

test('methods without theorems have no theory', async (t) => {
  const scenario = smallBut({});
  t.is(theoryOf(scenario, (await build(scenario)).plan), undefined);
});

test('what the theorems need is read off the scenario and its plan', async (t) => {
  const scenario = smallBut({ workers: { count: 5, byzantine: 1 }, measure: { theory: { delta: 0.25 } } });
  const { plan } = await build(scenario);
  const numbers = (options: Readonly<Record<string, unknown>>, gap?: number) =>
    theoryOf({ ...scenario, method: { ...method, ...options } }, plan, gap)!.numbers as MarinaNumbers;
  const own = numbers({});
  t.deepEqual([own.smoothness, own.strongConvexity, own.delta], [1, 1, 0.25]);
  // 4 of 5 drawn, 1 of them may be Byzantine: all samples are good.
  t.true(Math.abs(own.good! - 1) < 1e-12 && Math.abs(own.member! - 0.8) < 1e-12);
  t.is(own.suggestedProbability, 0.8);
  t.is(own.applies, '4.2');
  t.is(own.rate, 0.001);
  t.is(numbers({ clip: 2 }).applies, '4.1');
  t.is(numbers({ clip: 'none' }).applies, '4.2');
  t.true(numbers({}, 1e-5).rounds! < own.rounds!);
  t.is(numbers({ sample: undefined, fullSample: undefined }).member, 1);
});

test('a model of unknown smoothness is told', async (t) => {
  const scenario = smallBut({ learn: { data: { kind: 'digits', train: 20, test: 10 }, model: { kind: 'mlp' } } });
  const { plan } = await build(scenario);
  t.deepEqual(theoryOf({ ...scenario, method: method }, plan)!.lines, [
    'the smoothness of the model mlp isn’t known, so its theorems give no numbers',
  ]);
});

test('p is the one that rounds of the run are drawn with', async (t) => {
  const data = { kind: 'gaussian', rows: 60, testRows: 10, features: 4 };
  const small = { learn: { data, model: { kind: 'logistic' }, batch: 3, partition: 'iid' }, protocol: 'synchronous' };
  const given = { kind: 'byz-vr-marina-pp', lr: 0.01, clip: 1, sample: 4 };
  for (const changes of [
    {},
    { method: { ...given, fullBatch: 30 } },
    { network: { compute: 1, compression: { kind: 'randk', k: 1 } } },
    { learn: { ...small.learn, partition: { kind: 'dirichlet', alpha: 0.3 } } },
    { learn: { model: { kind: 'quadratic', dimension: 5 } }, method: { ...given, fullBatch: 3 } },
    { learn: { ...small.learn, batch: 100 } },
  ]) {
    const scenario = smallBut({ ...small, attack: 'none', method: given, ...changes });
    const { plan, protocol } = await build(scenario);
    const { suggestedProbability } = theoryOf(scenario, plan)!.numbers as MarinaNumbers;
    const coins = plan.random.fork('method');
    const flags: boolean[] = [];
    let world: World | undefined;
    simulate({ ...plan, stop: { steps: 150 } }, protocol, undefined, (each) => (world = each)).subscribe(({ kind }) => {
      if (kind === 'stepped') flags.push((world!.roundServer!.run.state.full as Float64Array)[0] === 1);
    });
    t.deepEqual(
      flags,
      Array.from({ length: 150 }, (_, k) => coins.next() < suggestedProbability || k === 0),
    );
  }
});

test('what the theorems know nothing of keeps them from being told as if they held', async (t) => {
  const measure = { theory: { delta: 0.25, c: 1 } };
  const applies = async (changes: Readonly<Record<string, unknown>>) => {
    const scenario = smallBut({
      workers: { count: 5, byzantine: 1 },
      protocol: 'synchronous',
      attack: 'none',
      measure,
      method,
      ...changes,
    });
    const { lines, numbers } = theoryOf(scenario, (await build(scenario)).plan)!;
    return [(numbers as MarinaNumbers).applies, lines.at(-1)];
  };
  t.is((await applies({}))[0], '4.2');
  for (const [changes, keys] of [
    [{ method: { ...method, fullBatch: 3, radius: 9 } }, 'method.fullBatch and method.radius'],
    [{ protocol: { kind: 'synchronous', probability: 'id' } }, 'protocol.probability'],
    [{ protocol: { kind: 'synchronous', quorum: 2, among: 'available' } }, 'protocol.quorum and protocol.among'],
  ] as const)
    t.deepEqual(await applies(changes), [undefined, `neither theorem is for a run with ${keys}`]);
  const changing = smallBut({
    protocol: 'synchronous',
    attack: 'none',
    workers: { count: 5, byzantine: 1 },
    measure,
    method,
    script: ['at 5 steps: lr becomes 0.05'],
  });
  const { numbers } = theoryOf(changing, (await build(changing)).plan)!;
  t.false('allowed' in numbers);
});
