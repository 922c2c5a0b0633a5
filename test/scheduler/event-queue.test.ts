import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import test from 'ava';
import fc from 'fast-check';
import type { Queued } from '../../src/scheduler/event-queue.js';
import { eventQueue, notQueued } from '../../src/scheduler/event-queue.js';

interface Item extends Queued {
  readonly name: number;
}

const item = (name: number): Item => ({ name, rank: notQueued });

/** The obvious queue: a list, searched at each pop. */
class SlowQueue {
  #entries: { item: Item; time: number; rank: number }[] = [];
  #insertions = 0;

  get length(): number {
    return this.#entries.length;
  }
  has(wanted: Item): boolean {
    return this.#entries.some((entry) => entry.item === wanted);
  }
  push(pushed: Item, time: number): number {
    this.cancel(pushed);
    this.#entries.push({ item: pushed, time, rank: this.#insertions });
    return this.#insertions++;
  }
  #first(): { item: Item; time: number; rank: number } | undefined {
    return this.#entries.toSorted((a, b) => a.time - b.time || a.rank - b.rank)[0];
  }
  peekTime(): number {
    return this.#first()?.time ?? Infinity;
  }
  pop(): Item | undefined {
    const first = this.#first();
    this.#entries = this.#entries.filter((entry) => entry !== first);
    return first?.item;
  }
  cancel(cancelled: Item): boolean {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter((entry) => entry.item !== cancelled);
    return this.#entries.length < before;
  }
}

/** Few different times, so that there are many ties. */
const time = fc.oneof(fc.integer({ min: 0, max: 8 }), fc.double({ min: -1e9, max: 1e9, noNaN: true }));

test('items leave in order of time, and equal times in order of insertion', (t) => {
  fc.assert(
    fc.property(fc.array(time, { maxLength: 400 }), (times) => {
      const queue = eventQueue<Item>();
      times.forEach((at, name) => t.is(queue.push(item(name), at), name));
      t.is(queue.length, times.length);
      const expected = times.map((at, name) => ({ at, name })).sort((a, b) => a.at - b.at || a.name - b.name);
      const left: { at: number; name: number }[] = [];
      for (
        let at = queue.peekTime(), next = queue.pop();
        next !== undefined;
        at = queue.peekTime(), next = queue.pop()
      ) {
        left.push({ at, name: (next as Item).name });
      }
      t.deepEqual(left, expected);
      t.is(queue.length, 0);
    }),
  );
});

const command = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('push' as const), name: fc.nat(150), time }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), name: fc.nat(150) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancelAll' as const), from: fc.nat(150) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pop' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('peek' as const) }) },
);

test('whatever is pushed, moved, cancelled and popped, the queue does what a searched list does', (t) => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 600, size: 'max' }), (commands) => {
      const queue = eventQueue<Item>();
      const slow = new SlowQueue();
      const items = Array.from({ length: 151 }, (_, name) => item(name));
      for (const each of commands) {
        switch (each.kind) {
          case 'push':
            t.is(queue.push(items[each.name]!, each.time), slow.push(items[each.name]!, each.time));
            break;
          case 'cancel':
            t.is(queue.cancel(items[each.name]!), slow.cancel(items[each.name]!));
            break;
          case 'cancelAll':
            for (const other of items.slice(each.from)) t.is(queue.cancel(other), slow.cancel(other));
            break;
          case 'pop':
            t.is(queue.pop(), slow.pop());
            break;
          case 'peek':
            t.is(queue.peekTime(), slow.peekTime());
            break;
          default:
            each satisfies never;
        }
        t.is(queue.length, slow.length);
      }
      t.true(items.every((each) => (each.rank !== notQueued) === slow.has(each)));
      while (slow.length > 0) t.is(queue.pop(), slow.pop());
      t.is(queue.pop(), undefined);
      t.is(queue.peekTime(), Infinity);
    }),
    { numRuns: 200 },
  );
});

test('after most items have been cancelled at once, between a pop and a push, the others still leave in order', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ at: time, dies: fc.integer({ min: 0, max: 9 }) }), {
        minLength: 80,
        maxLength: 300,
        size: 'max',
      }),
      fc.array(time, { maxLength: 80, size: 'max' }),
      (entries, later) => {
        const queue = eventQueue<Item>();
        const slow = new SlowQueue();
        const items = entries.map((_, name) => item(name));
        entries.forEach(({ at }, k) => t.is(queue.push(items[k]!, at), slow.push(items[k]!, at)));
        t.is(queue.pop(), slow.pop());
        entries.forEach(({ dies }, k) => {
          if (dies < 7) t.is(queue.cancel(items[k]!), slow.cancel(items[k]!));
        });
        later.forEach((at, k) => {
          const each = item(1000 + k);
          t.is(queue.push(each, at), slow.push(each, at));
          t.is(queue.length, slow.length);
        });
        while (slow.length > 0) {
          t.is(queue.peekTime(), slow.peekTime());
          t.is(queue.pop(), slow.pop());
        }
        t.is(queue.pop(), undefined);
      },
    ),
    { numRuns: 50 },
  );
});

test('an item that is pushed again moves to its new time and behind its equals', (t) => {
  const queue = eventQueue<Item>();
  const [a, b] = [item(1), item(2)];
  queue.push(a, 1);
  queue.push(b, 2);
  queue.push(a, 2);
  t.is(queue.length, 2);
  t.is(queue.pop(), b);
  t.is(queue.pop(), a);
  t.is(queue.pop(), undefined);
});

test('an item may be pushed again once it has left, and is cancelled only while it is queued', (t) => {
  const queue = eventQueue<Item>();
  const a = item(1);
  t.false(queue.cancel(a));
  queue.push(a, 5);
  t.is(queue.pop(), a);
  t.is(a.rank, notQueued);
  t.false(queue.cancel(a));
  t.is(queue.push(a, 7), 1);
  t.is(queue.peekTime(), 7);
  t.true(queue.cancel(a));
  t.is(queue.length, 0);
  t.is(queue.peekTime(), Infinity);
});

test('a time that is not a finite number is refused, and nothing changes', (t) => {
  const queue = eventQueue<Item>();
  const a = item(1);
  queue.push(a, 1);
  for (const at of [NaN, Infinity, -Infinity]) {
    t.throws(() => queue.push(a, at), {
      instanceOf: RangeError,
      message: `An event's time must be a finite number, got ${at}.`,
    });
  }
  t.is(queue.length, 1);
  t.is(queue.peekTime(), 1);
});

test('a million items pushed and cancelled leave a queue that is still short inside', (t) => {
  // Counts what the queue looks at rather than bytes: a rank is read once for each entry that is swept or surfaces.
  let reads = 0;
  const counted = (name: number): Item => {
    let rank = notQueued;
    return {
      name,
      get rank() {
        reads++;
        return rank;
      },
      set rank(value: number) {
        rank = value;
      },
    };
  };
  const queue = eventQueue<Item>();
  const last = counted(-1);
  queue.push(last, 2e6);
  for (let k = 0; k < 1_000_000; k++) {
    const each = counted(k);
    queue.push(each, 1e6 - k);
    queue.cancel(each);
  }
  t.is(queue.length, 1);
  reads = 0;
  t.is(queue.pop(), last);
  t.true(reads <= 70, `${reads} entries were still there`);
});

test('what has left the queue is not kept in memory', async (t) => {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  const queue = eventQueue<Item>();
  const references = Array.from({ length: 1000 }, (_, name) => {
    const each = item(name);
    queue.push(each, name);
    if (name % 3 === 0) queue.cancel(each);
    return new WeakRef(each);
  });
  while (queue.pop() !== undefined);
  t.is(queue.peekTime(), Infinity);
  // A reference stays alive until the turn in which it was made is over.
  await new Promise((resolve) => setImmediate(resolve));
  gc();
  t.true(references.filter((reference) => reference.deref() !== undefined).length <= 1);
  t.is(queue.length, 0);
});
