import test from 'ava';
import fc from 'fast-check';
import { simulate } from '../../src/engine/simulate.js';
import { parseOverride } from '../../src/scenario/overrides.js';
import { resolveSource } from '../../src/scenario/resolve.js';
import { objectSource } from '../../src/scenario/source.js';
import { anyOverrides } from './any-overrides.js';
import { build, refusal, small, smallBut, smallWith } from './small-scenario.js';

test('ends and measurements are in steps and virtual milliseconds', async (t) => {
  const of = async (stop: object, every?: unknown): Promise<unknown> => {
    const { plan } = await build(smallBut({ stop, ...(every === undefined ? {} : { measure: { every } }) }));
    return { stop: plan.stop, measure: plan.measure };
  };
  t.deepEqual(await of({ steps: 100 }), {
    stop: { steps: 100, time: undefined },
    measure: { kind: 'steps', steps: 4 },
  });
  t.deepEqual(await of({ time: '5s' }), {
    stop: { time: 5000 },
    measure: { kind: 'time', time: 200 },
  });
  t.deepEqual(await of({ steps: 3, time: 2 }, '10ms'), {
    stop: { steps: 3, time: 2000 },
    measure: { kind: 'time', time: 10 },
  });
});

test('any time to stop at gives a run that measures itself 25 times', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
      fc.constantFrom('us', 'ms', 's', 'min', 'h'),
      async (value, unit) => {
        const { plan } = await build(smallBut({ stop: { time: `${value}${unit}` } }));
        const time = plan.measure.kind === 'time' ? plan.measure.time : NaN;
        t.true(Math.abs((time * 25) / plan.stop.time! - 1) < 1e-12);
      },
    ),
    { numRuns: 50 },
  );
});

const refused: readonly (readonly [readonly string[], RegExp])[] = [
  [['workers.speed=idd'], /^workers\.speed: unknown variable "idd" in a formula; .* did you mean "id"\?$/],
  [['workers.speed=0'], /^workers\.speed: "0" is 0 for worker 1; a speed must be finite and > 0$/],
  [['workers.speed=id - 2'], /"id - 2" is -1 for worker 1/],
  [['workers.speed=1 / (3 - id)'], /is Infinity for worker 3/],
  [['network.compute=-1'], /^network\.compute: the delay "-1" is -1 s; it must be finite and >= 0$/],
  [['network.upload=uniform(-1, 1)'], /^network\.upload: the delay "uniform\(-1, 1\)" can be as low as -1 s/],
  [['network.upload=exponential(1 / (speed - 3))'], /^network\.upload: exponential: mean: found/],
  [['weights=0'], /^weights: is 0 at count 1, staleness 0, id 1; a weight must be finite and > 0$/],
  [['weights=100 - count'], /^weights: is 0 at count 100/],
  [
    ['weights=unfiorm'],
    /^weights: unknown variable "unfiorm" in a formula; allowed are count, staleness, id, uniform, .* did you mean "uniform"\?$/,
  ],
  [['method.lr=1 / sqrt(tt)'], /^method\.lr: unknown variable "tt"/],
  [['method={kind: mu2-sgd, lr: 0.1, gamma: 0.1, alpha: t}'], /^method: alpha and gamma are two ways to say the same/],
  [['method.radius=1'], /^method: radius is 1, but the starting point lies at distance 1\.73/],
  [['learn.model={kind: quadratic, start: 1, distance: 2}'], /^learn\.model: .*start or distance, not both/],
  [
    ['learn.model=quadratic', 'learn.data=digits'],
    /^learn\.model: model quadratic learns from no data, but digits is named$/,
  ],
  [['learn.model=softmax'], /^learn: the model softmax needs data; give it one of digits, /],
  [
    ['learn.model={kind: mlp, hidden: [1e9]}', 'learn.data=gaussian'],
    /^learn\.model(\.hidden\.0)?: (more than fits into memory|found )/,
  ],
  [
    ['learn.model.dimension=1e12'],
    /^command line, learn\.model\.dimension=1e12: learn\.model\.dimension: found 1000000000000; it must be <= 10000000$/,
  ],
  [['learn.partition=iid'], /^learn\.partition: iid deals rows to workers, but there is no data$/],
  [['attack=label-flip'], /^attack: label-flip falsifies labels, and the model quadratic has no classes$/],
  [['attack=random-labels'], /^attack: random-labels falsifies labels, and the model quadratic has no classes$/],
  [['attack=backdoor'], /^attack: backdoor falsifies labels, and the model quadratic has no classes$/],
  [['attack=feature-noise'], /^attack: feature-noise falsifies features, and the model quadratic has no data$/],
  [
    ['attack=backdoor', 'learn.model=linear', 'learn.data={kind: gaussian, classes: 0}'],
    /^attack: backdoor falsifies labels, and the model linear has no classes$/,
  ],
  [
    ['attack=backdoor', 'learn.model=linear', 'learn.data=gaussian'],
    /attack: backdoor is measured by the class that a model says, and the model linear says a number$/,
  ],
  [
    ['attack={kind: backdoor, target: 2}', 'learn.model=logistic', 'learn.data=gaussian'],
    /attack\.target: found 2; the 2 classes of gaussian are 0 to 1$/,
  ],
  [
    ['attack={kind: backdoor, features: [1, 999]}', 'learn.model=logistic', 'learn.data=gaussian'],
    /attack\.features: found 999; the rows have \d+ features, so it must be <= \d+$/,
  ],
  [['protocol={kind: asynchronous, arrivals: sampled, byzantineShare: 0.3}'], /^network: this protocol has no clock/],
  [['protocol={kind: async, byzantineShare: 0.3}'], /^protocol: byzantineShare is for "arrivals: sampled"/],
  [
    ['learn.model=mlp', 'learn.data={kind: gaussian, classes: 0}'],
    /^learn\.model: model mlp needs data of 2 classes or more; gaussian has/,
  ],
  [['learn.model=softmax', 'learn.data={kind: gaussian, rows: 2}', 'learn.partition=iid'], /^learn\.partition: /],
];

for (const [overrides, pattern] of refused)
  test(`a run is refused: ${overrides.join(' ')}`, async (t) => {
    const sentence = (await refusal(async () => build(smallWith(...overrides))))!;
    t.regex(sentence, pattern);
    t.notRegex(sentence, /\n|\.$|[.:;,]{2}/);
  });

test('whatever is overridden with whatever, the run is built or refused in one sentence', async (t) => {
  let built = 0;
  await fc.assert(
    fc.asyncProperty(anyOverrides, async (pairs) => {
      const sentence = await refusal(async () => {
        const overrides = pairs.map(([path, given]) => parseOverride(`${path}=${given}`));
        for (const { scenario, explain } of resolveSource(objectSource(small, 'small.ts'), overrides)) {
          try {
            await build(scenario);
          } catch (error) {
            throw explain(error);
          }
        }
      });
      if (sentence === undefined) built += 1;
      else if (/\n|undefined|\[object/.test(sentence)) throw new Error(`not a good sentence: ${sentence}`);
    }),
    { numRuns: 1200 },
  );
  t.true(built > 20, `${built} built`);
});

test('who is drawn for a round may follow a formula of the worker', async (t) => {
  const rounds = (probability: string) =>
    build(smallBut({ protocol: { kind: 'synchronous', participants: 2, probability } }));
  const { plan, protocol } = await rounds('speed / (1 + count)');
  const drawn = new Map<number, number>();
  simulate(plan, protocol).subscribe((event) => {
    if (event.kind === 'assigned') drawn.set(event.worker, (drawn.get(event.worker) ?? 0) + 1);
  });
  t.is(
    [...drawn.values()].reduce((sum, count) => sum + count, 0),
    100,
  );
  t.is(drawn.size, 5);
  t.is(
    await refusal(() => rounds('id - 1')),
    'protocol: probability is 0 at id = 1, group = 3, byzantine = 0, speed = 1, count = 0; it must be finite, > 0',
  );
  t.regex(
    (await refusal(() => rounds('worker')))!,
    /^protocol\.probability: unknown variable "worker" in a formula; allowed are id, group, byzantine, speed, count, /,
  );
  t.is(
    await refusal(() => build(smallBut({ protocol: { kind: 'synchronous', probability: 'id' } }))),
    'protocol: probability says who is drawn, but all take part; give participants, how many are drawn',
  );
});
