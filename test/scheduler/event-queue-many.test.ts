import test from 'ava';
import { seededRandom } from '../../src/random/seeded-random.js';
import type { Random } from '../../src/random/random.js';
import { eventQueue, notQueued, type EventQueue, type Queued } from '../../src/scheduler/event-queue.js';

/** How many stand in the queue: enough for several layouts of its buckets. */
const MANY = 40_000;

interface Item extends Queued {
  readonly name: string;
}

/** What stands in the queue, sorted: the obvious order, kept up by sorting what is left. */
class Sorted {
  #entries: { name: string; time: number; rank: number }[] = [];
  #live = new Map<string, number>();

  push(name: string, time: number, rank: number): void {
    this.#live.set(name, rank);
    this.#entries.push({ name, time, rank });
  }
  cancel(name: string): boolean {
    return this.#live.delete(name);
  }
  /** Takes out so many, in order. */
  pop(count: number): readonly { readonly name: string; readonly time: number }[] {
    const left = this.#entries
      .filter(({ name, rank }) => this.#live.get(name) === rank)
      .sort((a, b) => a.time - b.time || a.rank - b.rank);
    this.#entries = left.slice(count);
    for (const { name } of left.slice(0, count)) this.#live.delete(name);
    return left.slice(0, count).map(({ name, time }) => ({ name, time }));
  }
  get size(): number {
    return this.#live.size;
  }
}

/** A queue and its sorted twin, of items and members by turns. */
class Both {
  readonly twin = new Sorted();
  readonly #items = new Map<string, Item>();
  now = 0;

  constructor(readonly queue: EventQueue<Item>) {
    queue.enlist(MANY);
  }

  push(k: number, time: number): void {
    const name = String(k);
    if (k % 2 === 0) {
      this.twin.push(name, time, this.queue.pushMember(k, time));
      return;
    }
    const item = this.#items.get(name) ?? { name, rank: notQueued };
    this.#items.set(name, item);
    this.twin.push(name, time, this.queue.push(item, time));
  }

  cancel(k: number): readonly [found: boolean, expected: boolean] {
    const item = this.#items.get(String(k));
    const found = k % 2 === 0 ? this.queue.cancelMember(k) : item !== undefined && this.queue.cancel(item);
    return [found, this.twin.cancel(String(k))];
  }

  pop(count: number): readonly { readonly name: string; readonly time: number }[] {
    return Array.from({ length: count }, () => {
      const time = this.queue.peekTime();
      this.now = time;
      const next = this.queue.pop()!;
      return { name: typeof next === 'number' ? String(next) : next.name, time };
    });
  }
}

const delays: Readonly<Record<string, (random: Random, k: number) => number>> = {
  'spread evenly': (random) => random.next(),
  'dense at first': (random) => random.next() ** 8,
  'in two heaps far apart': (random, k) => (k % 3 === 0 ? 1e6 : 0) + random.next(),
  'mostly at the same instant': (random) => Math.floor(random.next() * 3),
  'all at the same instant': () => 5,
  'as far apart as numbers go': (random) => (random.next() < 0.5 ? 1e-300 : 1e308) * random.next(),
  'late but for a few': (random) => (random.next() < 0.01 ? random.next() : 1e9 * (1 + random.next())),
};

for (const [title, delay] of Object.entries(delays))
  test(`of many that are ${title}, items and members leave in order, whatever is moved and cancelled`, (t) => {
    const random = seededRandom(title);
    const both = new Both(eventQueue<Item>());
    for (let k = 0; k < MANY; k++) both.push(k, delay(random, k));
    t.is(both.queue.length, MANY);
    for (let round = 0; round < 6; round++) {
      const popped = both.pop(5000);
      t.deepEqual(popped, both.twin.pop(5000));
      popped.slice(0, 4000).forEach(({ name }) => {
        const time = both.now + delay(random, Number(name));
        if (time < Infinity) both.push(Number(name), time);
      });
      for (let each = 0; each < 3000; each++) {
        const k = Math.floor(random.next() * MANY);
        if (each % 3 === 0) both.push(k, both.now + random.next());
        else t.is(...both.cancel(k));
      }
      t.is(both.queue.length, both.twin.size);
    }
    const rest = both.twin.size;
    t.deepEqual(both.pop(rest), both.twin.pop(rest));
    t.is(both.queue.pop(), undefined);
    t.is(both.queue.peekTime(), Infinity);
  });

test('most of many may be cancelled, and the others still leave in order', (t) => {
  const random = seededRandom(1);
  const both = new Both(eventQueue<Item>());
  for (let k = 0; k < MANY; k++) both.push(k, random.next());
  t.deepEqual(both.pop(100), both.twin.pop(100));
  for (let k = 0; k < MANY; k++) if (k % 16 > 0) t.is(...both.cancel(k));
  const rest = both.twin.size;
  t.is(both.queue.length, rest);
  t.deepEqual(both.pop(rest), both.twin.pop(rest));
  t.is(both.queue.length, 0);
});

test('whoever asks is told of members that come soon, before each of them does, where many are queued', (t) => {
  const told = new Set<number>();
  let groups = 0;
  const queue = eventQueue<Item>((members, count) => {
    groups++;
    for (const member of members.subarray(0, count)) told.add(member);
  });
  const random = seededRandom(1);
  queue.enlist(MANY);
  for (let k = 0; k < MANY; k++) queue.pushMember(k, random.next());
  const missed = Array.from({ length: MANY }, () => queue.pop() as number).filter((member) => !told.has(member));
  // Those that stood in the heap when the first buckets were laid out.
  t.true(missed.length < MANY / 10, `${missed.length} missed`);
  t.true(groups > 50, `${groups} groups`);
});

test('of few, nobody is told', (t) => {
  const queue = eventQueue<Item>(() => t.fail());
  queue.enlist(1000);
  for (let k = 0; k < 1000; k++) queue.pushMember(k, k);
  for (let k = 0; k < 1000; k++) t.is(queue.pop(), k);
});

test('members are numbered on from those enlisted before', (t) => {
  const queue = eventQueue<Item>();
  t.is(queue.enlist(3), 0);
  queue.pushMember(2, 7);
  t.is(queue.enlist(2), 3);
  t.true(queue.hasMember(2));
  t.false(queue.hasMember(3));
  queue.pushMember(4, 7);
  queue.pushMember(2, 7);
  t.deepEqual([queue.pop(), queue.pop(), queue.pop()], [4, 2, undefined]);
  t.false(queue.cancelMember(4));
  t.throws(() => queue.pushMember(0, NaN), { instanceOf: RangeError });
});
