import test from 'ava';
import { randK, topK } from '../../src/compressors/index.js';
import { memoryNeeded } from '../../src/engine/memory-needed.js';
import { journeys, simulate, type Plan, type SimulationEvent } from '../../src/engine/index.js';
import { sharedLink } from '../../src/carriers/index.js';
import { sgd, type Compression, type Method } from '../../src/methods/index.js';
import { instantLink } from '../../src/network/index.js';
import { asynchronous } from '../../src/protocols/index.js';
import { planOf, workersOf } from './small-plan.js';

const run = (plan: Plan): readonly SimulationEvent[] => {
  const events: SimulationEvent[] = [];
  simulate(plan, asynchronous()).subscribe((event) => events.push(event));
  return events;
};

const only = <Kind extends SimulationEvent['kind']>(events: readonly SimulationEvent[], kind: Kind) =>
  events.filter((event): event is Extract<SimulationEvent, { kind: Kind }> => event.kind === kind);

const plainSgd = sgd({ lr: 0.1 });

/** Every third message of a worker is of d numbers, others are of `bits`. */
const sometimes = (bits: number): Method => ({
  ...plainSgd,
  estimator: (shape, samples) => {
    const inner = plainSgd.estimator(shape, samples);
    const counts = new Float64Array(shape.workers);
    return {
      ...inner,
      message: (worker, gradients, out) => {
        inner.message(worker, gradients, out);
        counts[worker]! += 1;
      },
      bits: (worker) => (counts[worker]! % 3 === 0 ? 192 : bits),
    };
  },
});

/** One worker that computes for 10 ms and has a line of 12,000 bytes a second, on 3 float64 numbers. */
const one = (parts: Partial<Plan>): Plan =>
  planOf({
    workers: [{ ...workersOf(1)[0]!, link: { ...instantLink, compute: { sample: () => 10, span: 10 } }, up: 12_000 }],
    stop: { steps: 6 },
    ...parts,
  });

test('a message takes its bytes over the worker’s line; those of the usual size aren’t told', (t) => {
  const usual = run(one({}));
  t.deepEqual(only(usual, 'assigned').map(({ upload }) => upload), [2, 2, 2, 2, 2, 2]); // prettier-ignore
  t.true(only(usual, 'received').every((event) => !('bytes' in event)));
  // 90 bits are 12 bytes.
  const events = run(one({ method: sometimes(90) }));
  t.deepEqual(only(events, 'assigned').map(({ upload }) => upload), [1, 1, 2, 1, 1, 2]); // prettier-ignore
  t.deepEqual(only(events, 'received').map(({ bytes }) => bytes), [12, 12, undefined, 12, 12, undefined]); // prettier-ignore
  t.deepEqual(only(events, 'received').map(({ time }) => time), [11, 22, 34, 45, 56, 68]); // prettier-ignore
});

test('messages may be larger than usual, and take their share of the bytes that the plan gives them', (t) => {
  const events = run(one({ method: sometimes(384), messageBytes: 12 }));
  t.deepEqual(only(events, 'received').map(({ bytes }) => bytes), [24, 24, undefined, 24, 24, undefined]); // prettier-ignore
  t.deepEqual(only(events, 'assigned').map(({ upload }) => upload), [2, 2, 1, 2, 2, 1]); // prettier-ignore
});

test('the shared link is occupied by a message’s own bytes', (t) => {
  const transport = journeys([sharedLink({ service: () => ({ sample: () => 5 }), capacity: 6000, phase: 'both', duplex: 'full' })]); // prettier-ignore
  const events = run(one({ method: sometimes(90), transport }));
  // 5 ms down, 10 ms of work, 1 or 2 ms on the line, 2 or 4 ms at the door.
  t.deepEqual(only(events, 'received').map(({ time }) => time), [18, 36, 57, 75, 93, 114]); // prettier-ignore
});

test('a line so slow that a message never gets through is told', (t) => {
  const plan = one({});
  let error: unknown;
  simulate({ ...plan, workers: [{ ...plan.workers[0]!, up: 1e-310 }] }, asynchronous()).subscribe({
    error: (each: unknown) => (error = each),
  });
  t.regex(String(error), /a message of 24 bytes at 1e-310 bytes a second takes Infinity ms; it must be finite/);
});

test('a method that compresses by itself is given the compressor, and none of its messages is compressed again', (t) => {
  let given: Compression | undefined;
  const method: Method = {
    ...plainSgd,
    compresses: true,
    estimator: (shape, samples) => {
      given = shape.compression;
      return plainSgd.estimator(shape, samples);
    },
  };
  const rule = randK({ k: 1 });
  const events = run(one({ method, compression: rule }));
  t.is(given!.rule, rule);
  t.is(given!.compressor.compress(0, Float64Array.of(1, 2, 3), given!.randomOf(0)), 66);
  t.deepEqual(events, run(one({})));
});

test('a compressor’s draws move nobody else’s', (t) => {
  // All coordinates are kept, as they are.
  const events = run(one({ compression: randK({ share: 1 }) }));
  const norms = (each: readonly SimulationEvent[]) => only(each, 'stepped').map(({ norm }) => norm);
  t.deepEqual(norms(events), norms(run(one({}))));
  t.is(only(events, 'received')[0]!.bytes, Math.ceil((3 * 66) / 8));
});

test('what error feedback keeps is counted before it is claimed', (t) => {
  const plan = planOf({ workers: workersOf(1000) });
  const more = memoryNeeded({ ...plan, compression: topK({ k: 1 }) }).linear - memoryNeeded(plan).linear;
  t.is(more, 1001 * 3 * 8);
});
