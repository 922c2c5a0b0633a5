import test from 'ava';
import type { MarinaNumbers } from '../../src/scenario/marina-report.js';
import { theoryOf } from '../../src/scenario/theory.js';
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
