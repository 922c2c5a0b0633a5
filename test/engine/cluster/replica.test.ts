import test from 'ava';
import { guanyu } from '../../../src/protocols/index.js';
import { weightedMean } from '../../../src/weighted/weighted-mean.js';
import type { AggregatorRule } from '../../../src/weighted/aggregator.js';
import type { Cluster } from '../../../src/engine/index.js';
import { clusterPlan, eventsOf, probed, serversOf } from './small-cluster.js';

test('rules that follow the model see a step and the agreement after it as one move', (t) => {
  const moves: (number | undefined)[] = [];
  const aggregator: AggregatorRule = (shape) => {
    const mean = weightedMean()(shape);
    const moved = shape.followModel!();
    // What a run claims is foreseen with trials on float32.
    const first = shape.precision === 'float64' && made++ === 0;
    return (input, out) => {
      if (first) moves.push(moved());
      mean(input, out);
    };
  };
  let made = 0;
  const models: number[][] = [];
  const look = (cluster: Cluster): void => {
    models.push(Array.from(cluster.start));
    const stepped = cluster.stepped.bind(cluster);
    cluster.stepped = (replica) => {
      if (replica === cluster.reference) models.push(Array.from(replica.model));
      stepped(replica);
    };
  };
  const plan = clusterPlan({ aggregator, servers: serversOf(6), stop: { steps: 12 } });
  eventsOf(plan, probed(guanyu(), look));
  const far = models.slice(1).map((model, i) => Math.hypot(...model.map((value, k) => value - models[i]![k]!)));
  t.is(moves[0], undefined);
  t.is(moves.length, 12);
  moves.slice(1).forEach((moved, i) => t.true(Math.abs(moved! - far[i]!) < 1e-12, `${moved} is not ${far[i]}`));
});
