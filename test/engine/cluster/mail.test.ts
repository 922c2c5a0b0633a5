import test from 'ava';
import { duplicate } from '../../../src/carriers/index.js';
import type { CarrierRule, PostedEvent } from '../../../src/engine/index.js';
import type { Letter } from '../../../src/engine/cluster/letter.js';
import { Mail } from '../../../src/engine/cluster/mail.js';
import type { Plan, ServersPlan } from '../../../src/engine/index.js';
import { VirtualTimeScheduler } from '../../../src/scheduler/virtual-time-scheduler.js';
import { planOf, workersOf } from '../small-plan.js';
import { fixed, serversOf } from './small-cluster.js';

/** Two workers, nodes 0 and 1, and three servers, nodes 2 to 4; each way takes a fixed time. */
const setUp = (servers: Partial<ServersPlan> = {}, lines: { readonly up?: number; readonly down?: number } = {}) => {
  const clock = new VirtualTimeScheduler();
  const plan: Plan = planOf({
    workers: workersOf(2).map((worker) => ({
      ...{ ...worker, ...lines },
      link: { compute: fixed(0), upload: fixed(10), download: fixed(5) },
    })),
    servers: serversOf(3, 0, { between: fixed(7), ...servers }),
  });
  const told: (readonly [what: string, from: number, to: number, time: number])[] = [];
  const posted: PostedEvent[] = [];
  const tell =
    (what: string) =>
    ({ from, to }: Letter, copy = false): void => {
      told.push([copy ? 'copy' : what, from, to, clock.now()]);
    };
  const mail = new Mail({
    ...{ clock, plan, dimension: 3, precision: 'float64', byzantine: () => false },
    ...{ posted: (event) => posted.push(event), delivered: tell('there'), lost: tell('lost') },
  });
  const send = (from: number, to: number): void =>
    mail.send(
      { from, to, content: 'model', step: 0, sheet: undefined, forged: false, depth: 1, loss: NaN, round: 0 },
      100,
    );
  const all = () => {
    while (clock.step());
    return told;
  };
  return { clock, send, all, posted };
};

test('letters take what links say: down to workers, up from them, and between servers', (t) => {
  const { send, all, posted } = setUp();
  for (const [from, to] of [
    [2, 0],
    [0, 2],
    [2, 3],
    [0, 1],
  ] as const)
    send(from, to);
  t.deepEqual(all(), [
    ['there', 2, 0, 5],
    ['there', 2, 3, 7],
    ['there', 0, 2, 10],
    ['there', 0, 1, 15],
  ]);
  t.deepEqual(
    posted.map(({ from, to, bytes, span }) => [from, to, bytes, span]),
    [
      [3, 1, 100, 5],
      [1, 3, 100, 10],
      [3, 4, 100, 7],
      [1, 2, 100, 15],
    ],
  );
});

test('a worker’s line takes one letter after the other, each way for itself', (t) => {
  // 100 bytes take 100 ms up and 200 ms down.
  const { send, all, posted } = setUp({}, { up: 1000, down: 500 });
  send(0, 2);
  send(0, 3);
  send(1, 2);
  send(2, 0);
  send(3, 0);
  t.deepEqual(all(), [
    ['there', 0, 2, 110],
    ['there', 1, 2, 110],
    ['there', 2, 0, 205],
    ['there', 0, 3, 210],
    ['there', 3, 0, 405],
  ]);
  t.deepEqual(
    posted.map(({ span }) => span),
    [110, 210, 110, 5, 5],
  );
});

test('servers’ lines are for each other, out and in; a line is free again later', (t) => {
  // 50 ms out, 100 ms in.
  const { send, all, clock } = setUp({ line: { up: 2000, down: 1000 } });
  send(2, 4);
  send(3, 4);
  send(2, 0);
  clock.schedule(() => send(2, 4), 1000);
  t.deepEqual(all(), [
    ['there', 2, 0, 5],
    ['there', 2, 4, 157],
    ['there', 3, 4, 257],
    ['there', 2, 4, 1157],
  ]);
});

const until =
  (time: number): CarrierRule =>
  (context) => ({
    verdict: () => (context.clock.now() < time ? { drop: 'lost' } : null),
  });

test('what is lost is sent again after the waits, as often as there are any, and uses the line each time', (t) => {
  const { send, all, posted } = setUp({ carriersBetween: [until(100)], line: { up: 10_000 }, retry: [40, 80, 160] });
  send(2, 3);
  t.deepEqual(all(), [['there', 2, 3, 137]]);
  t.deepEqual(posted.map(({ time, span }) => [time, span]), [[0, Infinity], [40, Infinity], [120, 17]]); // prettier-ignore
});

test('what is lost too often, or without a second try, is lost', (t) => {
  const often = setUp({ carriers: [until(100)], retry: [40, 80] });
  often.send(2, 1);
  t.deepEqual(often.all(), [['lost', 2, 1, 40]]);
  const once = setUp({ carriers: [until(100)] });
  once.send(0, 3);
  t.deepEqual(once.all(), [['lost', 0, 3, 0]]);
});

test('a copy comes after its letter, be it at once, and queues as that did', (t) => {
  const twice = (after: number): CarrierRule => {
    const rule = duplicate({ duplicate: 1, after: () => fixed(after) });
    return (context) => rule.carrier(context, 'twice');
  };
  for (const after of [0, 3]) {
    const { send, all } = setUp({ carriers: [twice(after)] });
    send(0, 2);
    t.deepEqual(all(), [
      ['there', 0, 2, 10],
      ['copy', 0, 2, 10 + after],
    ]);
  }
  const lined = setUp({ carriersBetween: [twice(3)], line: { down: 1000 } });
  lined.send(2, 3);
  t.deepEqual(lined.all(), [
    ['there', 2, 3, 107],
    ['copy', 2, 3, 207],
  ]);
});

test('each server has carriers of its own, told who of the others is Byzantine, with as many workers as servers too', (t) => {
  const asked: (readonly [workers: number, liars: readonly boolean[]])[] = [];
  const rule: CarrierRule = ({ workers, byzantine }) => {
    asked.push([workers, Array.from({ length: workers }, (_, i) => byzantine(i))]);
    return {};
  };
  const members = [false, true].map((byzantine) => ({ byzantine }));
  setUp({ members, carriersBetween: [rule] });
  t.deepEqual(asked, [[2, [false, true]], [2, [false, true]]]); // prettier-ignore
});
