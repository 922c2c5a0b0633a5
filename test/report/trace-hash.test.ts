import { createHash } from 'node:crypto';
import test from 'ava';
import fc from 'fast-check';
import type { SimulationEvent } from '../../src/engine/event.js';
import { traceHash } from '../../src/report/trace-hash.js';
import { anyEvent, received, severalServers, syntheticRun } from './synthetic-events.js';

const hashOf = (events: readonly SimulationEvent[]): string => {
  const hash = traceHash();
  for (const event of events) hash.update(event);
  return hash.result();
};

/** The slow way: all bytes at once, by way of Node's buffers and hash. */
const slowHash = (events: readonly SimulationEvent[]): string => {
  const kinds = [
    ...['started', 'assigned', 'received', 'stepped', 'evaluated', 'finished'],
    ...['dropped', 'delayed', 'available', 'turned', 'scripted', 'tripped'],
    ...['posted', 'delivered', 'contracted'],
  ];
  const parts: Buffer[] = [];
  const number = (value: number): void => {
    const buffer = Buffer.alloc(8);
    buffer.writeDoubleLE(value);
    parts.push(Number.isNaN(value) ? Buffer.from('000000000000f87f', 'hex') : buffer);
  };
  const text = (value: string): void => {
    number(Buffer.byteLength(value));
    parts.push(Buffer.from(value));
  };
  for (const event of events) {
    parts.push(Buffer.from([kinds.indexOf(event.kind) + 1]));
    for (const value of fieldsOf(event)) {
      if (value instanceof Own) {
        parts.push(Buffer.from([value.mark]));
        number(value.value);
      } else if (typeof value === 'number') number(value);
      else if (typeof value === 'boolean') parts.push(Buffer.from([Number(value)]));
      else if (typeof value === 'string') text(value);
      else if (Array.isArray(value)) [value.length, ...(value as number[])].forEach(number);
      else {
        const scores = Object.entries(value as Record<string, number>).sort(([a], [b]) => (a < b ? -1 : 1));
        number(scores.length);
        for (const [name, score] of scores) {
          text(name);
          number(score);
        }
      }
    }
  }
  const bytes = Buffer.concat(parts);
  let chain = Buffer.alloc(32);
  for (let start = 0; start <= bytes.length; start += 32_768) {
    chain = createHash('sha256')
      .update(chain)
      .update(bytes.subarray(start, start + 32_768))
      .digest();
  }
  return chain.toString('hex');
};

/** A field that not all such events have. */
class Own {
  constructor(
    readonly value: number,
    readonly mark = 255,
  ) {}
}

const fieldsOf = (event: SimulationEvent): unknown[] => {
  const names = {
    started: ['time', 'workers', 'byzantine', 'dimension'],
    assigned: ['time', 'worker', 'version', 'download', 'compute', 'upload'],
    received: ['time', 'worker', 'byzantine', 'version', 'staleness', 'count', 'loss'],
    stepped: ['time', 'step', 'norm'],
    evaluated: ['time', 'step', 'messages', 'scores'],
    finished: ['time', 'step', 'messages'],
    dropped: ['time', 'worker', 'byzantine', 'version', 'reason'],
    delayed: ['time', 'worker', 'phase', 'span', 'cause'],
    available: ['time', 'worker', 'available'],
    turned: ['time', 'worker', 'byzantine'],
    scripted: ['time', 'text'],
    tripped: ['time', 'step', 'level', 'distance', 'threshold'],
    posted: ['time', 'from', 'to', 'content', 'step', 'bytes', 'span'],
    delivered: ['time', 'from', 'to', 'content', 'step', 'outcome'],
    contracted: ['time', 'step', 'before', 'after'],
  }[event.kind];
  const fields = new Map<string, unknown>(Object.entries(event));
  const regular = names.map((name) => fields.get(name));
  const own = (name: string, mark?: number): unknown[] => {
    const value = fields.get(name);
    return value === undefined ? [] : [new Own(value as number, mark)];
  };
  return [
    ...[...regular, ...own('servers'), ...(fields.has('servers') ? [fields.get('byzantineServers')] : [])],
    ...[...(event.kind === 'posted' ? [] : own('bytes')), ...own('missing', 254), ...own('rounds')],
  ];
};

test('without events the hash is that of 32 zero bytes', (t) => {
  t.is(hashOf([]), '66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925');
});

test('one step has the hash that its 25 bytes have', (t) => {
  const bytes = Buffer.from(`${'00'.repeat(32)}04000000000000f03f0000000000000040000000000000e03f`, 'hex');
  const expected = createHash('sha256').update(bytes).digest('hex');
  t.is(hashOf([{ kind: 'stepped', time: 1, step: 2, norm: 0.5 }]), expected);
});

test('any events hash as the slow way does', (t) => {
  fc.assert(fc.property(fc.array(anyEvent), (events) => t.is(hashOf(events), slowHash(events))));
});

test('a run over several blocks hashes as the slow way does, at every length about the blocks’ ends', (t) => {
  const events = syntheticRun(900);
  for (let length = 0; length <= events.length; length += 97) {
    t.is(hashOf(events.slice(0, length)), slowHash(events.slice(0, length)));
  }
  const step: SimulationEvent = { kind: 'stepped', time: 1, step: 2, norm: 3 };
  const long: SimulationEvent = {
    kind: 'evaluated',
    time: 0,
    step: 0,
    messages: 0,
    scores: { ['x'.repeat(70_000)]: 1 },
  };
  for (const count of [1309, 1310, 1311, 1312]) {
    const run = new Array<SimulationEvent>(count).fill(step);
    t.is(hashOf(run), slowHash(run));
    t.is(hashOf([...run, long, step]), slowHash([...run, long, step]));
  }
  // 1,283 times 25 bytes and 21 times 33 fill a block exactly.
  const unscored: SimulationEvent = { kind: 'evaluated', time: 0, step: 0, messages: 0, scores: {} };
  const full = [...new Array<SimulationEvent>(1283).fill(step), ...new Array<SimulationEvent>(21).fill(unscored)];
  t.is(hashOf(full), slowHash(full));
});

test('a change in any field of any event changes the hash', (t) => {
  const samples = [...syntheticRun(12), ...severalServers];
  const whole = hashOf(samples);
  samples.forEach((event, i) => {
    for (const [name, value] of Object.entries(event) as [string, unknown][]) {
      if (name === 'kind') continue;
      const changed = { ...event, [name]: altered(value) };
      t.not(hashOf([...samples.slice(0, i), changed, ...samples.slice(i + 1)]), whole, `${event.kind}.${name}`);
    }
  });
});

test('a size of its own and numbers that were lost are told apart', (t) => {
  const message = received({});
  const hashes = [{}, { bytes: 7 }, { missing: 7 }, { bytes: 7, missing: 7 }].map((own) =>
    hashOf([{ ...message, ...own }]),
  );
  t.is(new Set(hashes).size, 4);
});

test('what a message costs in gradients is not part of the hash', (t) => {
  const samples = syntheticRun(12);
  const dear = samples.map((event) => (event.kind === 'assigned' ? { ...event, gradients: 2 } : event));
  t.is(hashOf(dear), hashOf(samples));
});

const altered = (value: unknown): unknown => {
  if (typeof value === 'number') return Number.isFinite(value) ? value + 1 : 0;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return `${value}!`;
  if (Array.isArray(value)) return [...(value as number[]).slice(1), 1];
  const scores = value as Record<string, number>;
  return { ...scores, loss: scores.loss! + 1e-12 };
};

test('the hash depends on the order of events, not on that of scores', (t) => {
  const [a, b]: SimulationEvent[] = [
    { kind: 'stepped', time: 1, step: 1, norm: 1 },
    { kind: 'finished', time: 1, step: 1, messages: 1 },
  ];
  t.not(hashOf([a!, b!]), hashOf([b!, a!]));
  const scored = (scores: Record<string, number>): string =>
    hashOf([{ kind: 'evaluated', time: 0, step: 0, messages: 0, scores }]);
  t.is(scored({ loss: 1, accuracy: 2 }), scored({ accuracy: 2, loss: 1 }));
  t.not(scored({ loss: 1, accuracy: 2 }), scored({ loss: 2, accuracy: 1 }));
});

test('every NaN is the same, 0 and −0 are not', (t) => {
  const odd = new Float64Array(new BigUint64Array([0xfff8_0000_dead_beefn]).buffer)[0]!;
  const norm = (value: number): string => hashOf([{ kind: 'stepped', time: 0, step: 0, norm: value }]);
  t.is(norm(odd), norm(NaN));
  t.not(norm(0), norm(-0));
});
