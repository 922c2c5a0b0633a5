import test from 'ava';
import fc from 'fast-check';
import { staleness, type StalenessStatistics } from '../../src/report/staleness.js';
import { received } from './synthetic-events.js';

const statisticsOf = (values: readonly number[]): StalenessStatistics => {
  const reader = staleness();
  for (const value of values) reader.update(received({ staleness: value }));
  return reader.result();
};

test('percentiles of twenty messages are the tenth and the nineteenth', (t) => {
  const values = Array.from({ length: 20 }, (_, i) => 19 - i);
  t.deepEqual(statisticsOf(values), { mean: 9.5, p50: 9, p95: 18, max: 19 });
});

test('without messages all is zero', (t) => {
  t.deepEqual(statisticsOf([]), { mean: 0, p50: 0, p95: 0, max: 0 });
});

test('only messages count, not other events', (t) => {
  const reader = staleness();
  reader.update({ kind: 'stepped', time: 0, step: 1, norm: 1 });
  reader.update(received({ staleness: 4 }));
  t.deepEqual(reader.state(), [[4, 1]]);
});

test('statistics equal those from sorting', (t) => {
  fc.assert(
    fc.property(fc.array(fc.nat(300), { minLength: 1, maxLength: 500 }), (values) => {
      const sorted = [...values].sort((a, b) => a - b);
      const leastCovering = (percentage: number): number =>
        sorted.find((value) => 100 * sorted.filter((other) => other <= value).length >= percentage * sorted.length)!;
      t.deepEqual(statisticsOf(values), {
        mean: values.reduce((a, b) => a + b, 0) / values.length,
        p50: leastCovering(50),
        p95: leastCovering(95),
        max: sorted.at(-1)!,
      });
    }),
  );
});
