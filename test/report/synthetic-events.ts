import fc from 'fast-check';
import type { SimulationEvent } from '../../src/engine/event.js';

/** A plausible run of `messages` messages from 5 workers, the last 2 Byzantine, scored every 10 steps; the same each time. */
export const syntheticRun = (messages: number): SimulationEvent[] => {
  let state = 1;
  const draw = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
  const workers = 5;
  const events: SimulationEvent[] = [{ kind: 'started', time: 0, workers, byzantine: [4, 5], dimension: 3 }];
  const versions = new Array<number>(workers).fill(0);
  const counts = new Array<number>(workers).fill(0);
  const losses = new Array<number>(workers).fill(NaN);
  let time = 0;
  const evaluate = (step: number): void => {
    const accuracy = 1 - 0.9 / (1 + step / 20);
    events.push({ kind: 'evaluated', time, step, messages: step, scores: { loss: 2 - accuracy, accuracy } });
  };
  const assign = (worker: number, version: number): void => {
    versions[worker - 1] = version;
    losses[worker - 1] = worker > 3 ? NaN : draw();
    events.push({ kind: 'assigned', time, worker, version, download: 1, compute: draw() * 10, upload: 2 });
  };
  evaluate(0);
  for (let worker = 1; worker <= workers; worker++) assign(worker, 0);
  for (let step = 1; step <= messages; step++) {
    const worker = 1 + Math.floor(draw() * workers);
    const version = versions[worker - 1]!;
    const count = (counts[worker - 1]! += 1);
    time += draw() * 4;
    const byzantine = worker > 3;
    const loss = losses[worker - 1]!;
    events.push({ kind: 'received', time, worker, byzantine, version, staleness: step - 1 - version, count, loss });
    events.push({ kind: 'stepped', time, step, norm: draw() });
    assign(worker, step);
    if (step % 10 === 0) evaluate(step);
  }
  events.push(
    { kind: 'available', time, worker: 1, available: false },
    { kind: 'turned', time, worker: 2, byzantine: true },
  );
  events.push({ kind: 'delayed', time, worker: 3, phase: 'upload', span: 4, cause: 'link' });
  events.push({ kind: 'dropped', time, worker: 3, byzantine: false, version: 1, reason: 'lost' });
  events.push({ kind: 'scripted', time, text: 'worker 3 turns byzantine' });
  events.push({ kind: 'tripped', time, step: messages, level: 3, distance: 7, threshold: 5 });
  events.push(
    { kind: 'posted', time, from: 1, to: 9, content: 'gradient', step: 2, bytes: 40, span: 3 },
    { kind: 'delivered', time, from: 1, to: 9, content: 'gradient', step: 2, outcome: 'taken' },
    { kind: 'contracted', time, step: 3, before: 2, after: 1 },
    { kind: 'finished', time, step: messages, messages },
  );
  return events;
};

/** A step of 2 workers (nodes 1 and 2) and 2 servers (3 and 4, which is Byzantine), by hand. */
export const severalServers: readonly SimulationEvent[] = [
  { kind: 'started', time: 0, workers: 2, byzantine: [2], dimension: 4, servers: 2, byzantineServers: [2] },
  { kind: 'posted', time: 0, from: 3, to: 1, content: 'model', step: 0, bytes: 16, span: 5 },
  { kind: 'posted', time: 0, from: 4, to: 1, content: 'model', step: 0, bytes: 16, span: 7 },
  { kind: 'posted', time: 0, from: 3, to: 2, content: 'model', step: 0, bytes: 16, span: Infinity },
  { kind: 'delivered', time: 5, from: 3, to: 1, content: 'model', step: 0, outcome: 'taken' },
  { kind: 'assigned', time: 5, worker: 1, version: 0, download: 0, compute: 3, upload: 0 },
  { kind: 'delivered', time: 7, from: 4, to: 1, content: 'model', step: 0, outcome: 'late' },
  { kind: 'posted', time: 8, from: 1, to: 3, content: 'gradient', step: 0, bytes: 10, span: 2 },
  { kind: 'posted', time: 8, from: 1, to: 4, content: 'gradient', step: 0, bytes: 10, span: 2 },
  { kind: 'delivered', time: 10, from: 1, to: 3, content: 'gradient', step: 0, outcome: 'taken' },
  {
    ...{ kind: 'received', time: 10, worker: 1, byzantine: false, version: 0, staleness: 0, count: 1, loss: 1 },
    missing: 2,
  },
  { kind: 'delivered', time: 10, from: 1, to: 4, content: 'gradient', step: 0, outcome: 'taken' },
  { kind: 'posted', time: 10, from: 4, to: 3, content: 'model', step: 1, bytes: 16, span: 4 },
  { kind: 'delivered', time: 14, from: 4, to: 3, content: 'model', step: 1, outcome: 'rejected' },
  { kind: 'contracted', time: 14, step: 1, before: 4, after: 1 },
  { kind: 'stepped', time: 14, step: 1, norm: 1, rounds: 3 },
  { kind: 'finished', time: 20, step: 1, messages: 1 },
];

/** A message of which only what a test looks at is given. */
export const received = (fields: {
  worker?: number;
  byzantine?: boolean;
  staleness?: number;
  time?: number;
}): SimulationEvent => ({
  kind: 'received',
  time: 0,
  worker: 1,
  byzantine: false,
  version: 0,
  staleness: 0,
  count: 1,
  loss: 0,
  ...fields,
});

const number = fc.double();
const id = fc.integer({ min: 1, max: 9 });

/** With a size of its own, or without. */
const sized = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc
    .tuple(fc.record(model), fc.option(fc.nat(), { nil: undefined }))
    .map(([event, bytes]) => (bytes === undefined ? event : { ...event, bytes }));
/** So, and with numbers that were lost, or without. */
const holed = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc
    .tuple(sized(model), fc.option(fc.nat(), { nil: undefined }))
    .map(([event, missing]) => (missing === undefined ? event : { ...event, missing }));
const time = fc.double({ min: 0, max: 1e9, noNaN: true });

/** Any event, with any number in its fields save for ids and times. */
export const anyEvent: fc.Arbitrary<SimulationEvent> = fc.oneof(
  fc.record({ kind: fc.constant('started'), time, workers: id, byzantine: fc.array(id), dimension: number }),
  fc.record({
    ...{ kind: fc.constant('started'), time, workers: id, byzantine: fc.array(id), dimension: number },
    ...{ servers: id, byzantineServers: fc.array(id) },
  }),
  fc.record({
    kind: fc.constant('assigned'),
    time,
    worker: id,
    version: number,
    download: number,
    compute: number,
    upload: number,
  }),
  holed({
    kind: fc.constant('received'),
    time,
    worker: id,
    byzantine: fc.boolean(),
    version: number,
    staleness: fc.nat(50),
    count: fc.nat(),
    loss: number,
  }),
  fc.record({ kind: fc.constant('stepped'), time, step: fc.nat(), norm: number }),
  fc.record({ kind: fc.constant('stepped'), time, step: fc.nat(), norm: number, rounds: fc.nat() }),
  fc.record({
    kind: fc.constant('evaluated'),
    time,
    step: fc.nat(),
    messages: fc.nat(),
    scores: fc.dictionary(
      fc.string({ unit: 'grapheme' }).filter((name) => name !== '__proto__'),
      number,
    ),
  }),
  fc.record({ kind: fc.constant('finished'), time, step: fc.nat(), messages: fc.nat() }),
  sized({
    kind: fc.constant('dropped'),
    time,
    worker: id,
    byzantine: fc.boolean(),
    version: number,
    reason: fc.constantFrom('late', 'lost', 'offline', 'duplicate', 'rejected', 'incomplete'),
  }),
  fc.record({
    kind: fc.constant('delayed'),
    time,
    worker: id,
    phase: fc.constantFrom('download', 'compute', 'upload'),
    span: number,
    cause: fc.constantFrom('link', 'offline', 'retry', 'held'),
  }),
  fc.record({ kind: fc.constant('available'), time, worker: id, available: fc.boolean() }),
  fc.record({ kind: fc.constant('turned'), time, worker: id, byzantine: fc.boolean() }),
  fc.record({
    kind: fc.constant('tripped'),
    time,
    step: fc.nat(),
    level: fc.nat(20),
    distance: number,
    threshold: number,
  }),
  fc.record({
    kind: fc.constant('posted'),
    time,
    from: id,
    to: id,
    content: fc.constantFrom('model', 'gradient', 'request'),
    step: fc.nat(),
    bytes: fc.nat(),
    span: number,
  }),
  fc.record({
    kind: fc.constant('delivered'),
    time,
    from: id,
    to: id,
    content: fc.constantFrom('model', 'gradient', 'request'),
    step: fc.nat(),
    outcome: fc.constantFrom('taken', 'late', 'duplicate', 'rejected'),
  }),
  fc.record({ kind: fc.constant('contracted'), time, step: fc.nat(), before: number, after: number }),
  fc.record({ kind: fc.constant('scripted'), time, text: fc.string() }),
);
