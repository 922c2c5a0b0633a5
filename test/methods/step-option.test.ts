import test from 'ava';
import { simulate } from '../../src/engine/simulate.js';
import type { World } from '../../src/engine/world.js';
import { build, refusal, smallWith } from '../scenario/small-scenario.js';

/** How far each step of a run went, and how long its vector was. */
const stepsOf = async (method: string, ...texts: readonly string[]) => {
  const { plan, protocol } = await build(
    smallWith(`method=${method}`, 'protocol=synchronous', 'stop.steps=40', 'attack=none', ...texts),
  );
  const steps: { readonly moved: number; readonly norm: number }[] = [];
  let world: World | undefined;
  let before: Float64Array | undefined;
  simulate(plan, protocol, undefined, (made) => (world = made)).subscribe((event) => {
    const model = Float64Array.from(world?.model ?? []);
    if (event.kind === 'stepped') {
      const moved = Math.sqrt(model.reduce((sum, x, k) => sum + (x - before![k]!) ** 2, 0));
      steps.push({ moved, norm: event.norm });
    }
    before = model;
  });
  return steps;
};

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * (1 + Math.abs(b));

for (const [name, method] of [
  ['sgd', '{ kind: sgd, lr: 0.1'],
  ['momentum', '{ kind: momentum, lr: 0.1, beta: 0.5'],
  ['dynabro', '{ kind: dynabro, lr: 0.1, noise: 5'],
] as const) {
  test(`${name}: fixed steps are η_t‖d̂_t‖ long`, async (t) => {
    for (const { moved, norm } of await stepsOf(`${method}, step: fixed }`)) t.true(near(moved, 0.1 * norm));
  });

  test(`${name}: those of AdaGrad-Norm are divided by the root of all squares, with another η by the script too`, async (t) => {
    const steps = await stepsOf(`${method}, step: adagrad-norm }`, 'script=["at 20 steps: lr becomes 1 / t"]');
    t.is(steps.length, 40);
    let squares = 0;
    steps.forEach(({ moved, norm }, i) => {
      squares += norm ** 2;
      const rate = i < 20 ? 0.1 : 1 / (i + 1);
      t.true(near(moved, (rate * norm) / Math.sqrt(squares)), `${i}`);
    });
  });

  test(`${name}: unless told, ${name === 'dynabro' ? 'AdaGrad-Norm’s' : 'fixed'} steps`, async (t) => {
    const told = await stepsOf(`${method}, step: ${name === 'dynabro' ? 'adagrad-norm' : 'fixed'} }`);
    t.deepEqual(await stepsOf(`${method} }`), told);
  });
}

test('models stay in the ball', async (t) => {
  const { plan, protocol } = await build(
    smallWith(
      'method={ kind: dynabro, lr: 5, noise: 5, radius: 2 }',
      ...['protocol=synchronous', 'stop.steps=60', 'learn.model={ kind: quadratic, dimension: 3, noise: 5 }'],
    ),
  );
  let world: World | undefined;
  let rims = 0;
  simulate(plan, protocol, undefined, (made) => (world = made)).subscribe(({ kind }) => {
    if (kind !== 'stepped') return;
    const length = Math.hypot(...world!.model);
    t.true(length <= 2 * (1 + 1e-12));
    rims += Number(length > 2 * (1 - 1e-12));
  });
  t.true(rims > 5);
});

test('no other way to step is taken', async (t) => {
  t.regex((await refusal(() => smallWith('method={ kind: sgd, lr: 0.1, step: adam }')))!, /fixed.*adagrad-norm/);
});
