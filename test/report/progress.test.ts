import test from 'ava';
import fc from 'fast-check';
import { progress, progressLine, type ProgressState } from '../../src/report/progress.js';
import { received } from './synthetic-events.js';

const midway: ProgressState = {
  goal: { steps: 3750 },
  step: 1200,
  messages: 1217,
  time: 12_300,
  gradients: 1230,
  fraction: 0.32,
  scores: { accuracy: 0.941, loss: 0.2 },
  stepsPerSecond: 85.2,
  secondsLeft: 30.1,
};

const clock = (): { now: () => number; set: (ms: number) => void } => {
  let ms = 0;
  return { now: () => ms, set: (value) => (ms = value) };
};

test('the line says where, how far, when, how good, how fast, how long', (t) => {
  t.is(progressLine(midway), 'step 1200/3750  32 %  t = 12.3 s  accuracy 94.1 %  85 steps/s  31 s left');
  t.is(progressLine(midway, Infinity, 'loss'), 'step 1200/3750  32 %  t = 12.3 s  loss 0.200  85 steps/s  31 s left');
});

test('what is unknown is left out', (t) => {
  const unknown = { ...midway, goal: {}, fraction: null, scores: {}, stepsPerSecond: null, secondsLeft: null };
  t.is(progressLine(unknown), 'step 1200  t = 12.3 s');
});

test('a narrow line drops what is least needed', (t) => {
  t.is(progressLine(midway, 70), 'step 1200/3750  t = 12.3 s  accuracy 94.1 %  85 steps/s  31 s left');
  t.is(progressLine(midway, 65), 'step 1200/3750  t = 12.3 s  accuracy 94.1 %  31 s left');
  t.is(progressLine(midway, 45), 'step 1200/3750  accuracy 94.1 %  31 s left');
  t.is(progressLine(midway, 25), 'step 1200/3750  31 s left');
  t.is(progressLine(midway, 14), 'step 1200/3750');
  t.is(progressLine(midway, 6), 'step 1');
});

test('no line is wider than allowed', (t) => {
  fc.assert(fc.property(fc.nat(100), (width) => t.true(progressLine(midway, width).length <= width)));
});

test('a steady run has its true speed and time left', (t) => {
  const { now, set } = clock();
  const reader = progress({ steps: 1000 }, now);
  t.is(reader.sample().secondsLeft, null);
  for (let step = 1; step <= 400; step++) {
    set(step * 20);
    reader.update(received({ time: step }));
    reader.update({ kind: 'stepped', time: step, step, norm: 1 });
    if (step % 50 === 0) reader.sample();
  }
  const { fraction, messages, time, stepsPerSecond, secondsLeft } = reader.sample();
  t.deepEqual({ fraction, messages, time }, { fraction: 0.4, messages: 400, time: 400 });
  t.true(Math.abs(stepsPerSecond! - 50) < 1e-9);
  t.true(Math.abs(secondsLeft! - 12) < 1e-9);
});

test('after five seconds at a new speed the average is half-way there', (t) => {
  const { now, set } = clock();
  const reader = progress({ steps: 1000 }, now);
  const at = (ms: number, step: number): number | null => {
    set(ms);
    reader.update({ kind: 'stepped', time: 0, step, norm: 1 });
    return reader.sample().stepsPerSecond;
  };
  t.is(at(1000, 100), 100);
  t.is(at(6000, 100), 50);
});

test('the goal that is nearest counts, and none is overshot', (t) => {
  const { now } = clock();
  const fraction = (goal: Parameters<typeof progress>[0]): number | null => {
    const reader = progress(goal, now);
    reader.update(received({ time: 30 }));
    return reader.sample().fraction;
  };
  t.is(fraction({ messages: 10, time: 60, steps: 5 }), 0.5);
  t.is(fraction({ messages: 10 }), 0.1);
  t.is(fraction({ time: 20 }), 1);
  t.is(fraction({ steps: 0 }), 1);
  t.is(fraction({}), null);
});

test('a resumed run counts on, and measures its speed anew', (t) => {
  const { now, set } = clock();
  const first = progress({ steps: 100 }, now);
  first.update({ kind: 'stepped', time: 7, step: 50, norm: 1 });
  first.update({ kind: 'evaluated', time: 7, step: 50, messages: 50, scores: { loss: 1 } });
  const second = progress({ steps: 100 }, now, first.state());
  t.is(second.sample().fraction, 0.5);
  t.deepEqual(second.sample().scores, { loss: 1 });
  set(1000);
  second.update({ kind: 'stepped', time: 8, step: 60, norm: 1 });
  t.is(second.sample().stepsPerSecond, 10);
});
