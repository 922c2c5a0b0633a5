import { fc } from '@fast-check/ava';
import test from 'ava';
import type { EvaluatedEvent } from '../../src/engine/index.js';
import { simulate } from '../../src/engine/index.js';
import { build, smallBut } from './small-scenario.js';

const share = fc.double({ min: 0.05, max: 0.6, noNaN: true });
const span = fc.integer({ min: 1, max: 150 }).map((ms) => `${ms}ms`);
const ids = (most: number) => fc.uniqueArray(fc.integer({ min: 1, max: most }), { minLength: 1, maxLength: most });
const window = fc.tuple(fc.integer({ min: 0, max: 1400 }), fc.integer({ min: 1, max: 500 })).map(([from, length]) => ({
  ...{ from: `${from}ms`, until: `${from + length}ms` },
}));
const faults = (most: number) =>
  fc.array(
    fc
      .tuple(
        fc.oneof(
          share.map((drop) => ({ drop })),
          span.map((delay) => ({ delay: `exponential(${delay})` })),
          fc.tuple(share, span).map(([reorder, by]) => ({ reorder, by })),
          fc.tuple(share, span).map(([duplicate, after]) => ({ duplicate, after })),
          fc
            .tuple(ids(most), fc.constantFrom('held', 'lost'))
            .map(([partition, meanwhile]) => ({ partition, meanwhile })),
        ),
        window,
      )
      .map(([rule, when]) => ({ ...rule, ...when })),
    { maxLength: 4 },
  );

test('a swarm: whatever is switched on and off in the network, a run that has healed converges', async (t) => {
  const attack = fc.constantFrom(
    ...['none', 'wrong-model', { kind: 'random-model', deviation: 9 }, { kind: 'equivocate', distance: 4 }],
    ...[
      { kind: 'equivocate', readers: 'halves' },
      { kind: 'stale', age: 3 },
      'drift',
      { kind: 'silence', at: '700ms' },
    ],
  );
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        seed: fc.integer({ min: 0, max: 1e6 }),
        attack,
        lies: fc.constantFrom('sign-flip', 'little', 'silent', 'empire'),
        rules: faults(9),
        between: faults(6),
        loss: fc.option(fc.double({ min: 0, max: 0.2, noNaN: true }), { nil: undefined }),
      }),
      async ({ seed, attack, lies, rules, between, loss }) => {
        const { plan, protocol } = await build(
          smallBut({
            workers: { count: 9, byzantine: 2 },
            protocol: 'guanyu',
            seed,
            learn: { model: { kind: 'quadratic', dimension: 3, noise: 0.05 } },
            servers: { count: 6, byzantine: 1, attack },
            attack: lies,
            network: {
              compute: 'exponential(10ms)',
              ...{ upload: 'exponential(3ms)', download: 'exponential(3ms)', rules, loss },
              between: { delay: 'exponential(3ms)', rules: between },
              retry: { timeout: '10ms', attempts: 100, backoff: 1 },
            },
            stop: { time: '4s' },
            measure: { every: '1s' },
          }),
        );
        const scored: EvaluatedEvent[] = [];
        const failed: unknown[] = [];
        simulate(plan, protocol).subscribe({
          next: (event) => event.kind === 'evaluated' && scored.push(event),
          error: (error) => failed.push(error),
        });
        t.deepEqual(failed, []);
        const [first, last] = [scored[0]!.scores.distance!, scored.at(-1)!.scores.distance!];
        if (!(last < 0.1)) throw new Error(`from ${first} to ${last} in ${scored.at(-1)!.step} steps`);
      },
    ),
    { numRuns: 20 },
  );
  t.pass();
});
