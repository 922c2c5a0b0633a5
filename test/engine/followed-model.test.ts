import test from 'ava';
import { simulate, type World } from '../../src/engine/index.js';
import { momentum } from '../../src/methods/index.js';
import { asynchronous } from '../../src/protocols/index.js';
import type { AggregatorRule } from '../../src/weighted/aggregator.js';
import { clippedDifferences, weightedMean } from '../../src/weighted/index.js';
import { planOf } from './small-plan.js';

/** A run's world in the end. */
const ran = (aggregator: AggregatorRule, watch: (world: World) => void = () => undefined): World => {
  let world: World | undefined;
  simulate(
    planOf({ aggregator, method: momentum({ lr: 0.1, beta: 0.9 }), stop: { steps: 20 } }),
    asynchronous({ arrivals: 'sampled' }),
    undefined,
    (made) => {
      world = made;
      watch(made);
    },
  ).subscribe();
  return world!;
};

test('a rule that asks is told how long the last step of the model was, undefined before the first', (t) => {
  const told: (number | undefined)[] = [];
  const models: number[][] = [];
  let world: World | undefined;
  const asking: AggregatorRule = (shape) => {
    const moved = shape.followModel?.();
    // Whoever else asks is told the same.
    const again = shape.followModel?.();
    const mean = weightedMean()(shape);
    return (input, out) => {
      t.is(again?.(), moved?.());
      told.push(moved?.());
      models.push([...world!.model]);
      mean(input, out);
    };
  };
  ran(asking, (made) => (world = made));
  t.is(told.length, 20);
  t.is(told[0], undefined);
  for (let k = 1; k < told.length; k++)
    t.true(Math.abs(told[k]! - Math.hypot(...models[k]!.map((v, i) => v - models[k - 1]![i]!))) < 1e-12);
});

test('only a rule that asks has a copy of the model kept', (t) => {
  const claimed = (aggregator: AggregatorRule): number => ran(aggregator).kernels.memory.claimed;
  const mean = weightedMean();
  const asking: AggregatorRule = (shape) => {
    shape.followModel?.();
    return mean(shape);
  };
  t.is(claimed((shape) => mean({ ...shape })), claimed(mean)); // prettier-ignore
  const copy = claimed(asking) - claimed(mean);
  t.true(copy > 0);
  // However many ask, there is one: its own operator remembers its result besides.
  const one = claimed(clippedDifferences({ lambda: 1 })(mean));
  const two = claimed(clippedDifferences({ lambda: 1 })(clippedDifferences({ lambda: 1 })(mean)));
  t.is(two - one, copy);
});
