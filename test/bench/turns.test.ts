import test from 'ava';
import type { Answer, Request, Task } from '../../bench/tasks/request.js';
import { inTurns } from '../../bench/turns.js';

const task: Task = { task: 'rule', rule: 'median', vectors: 'x', rows: 3, dimension: 2, weights: [1, 1, 1], f: 1 };

/** A peer that gives one answer after another, and notes what it was asked for. */
const scripted = (name: string, log: string[], answers: readonly (number | Answer)[]) => {
  let next = 0;
  return {
    ask: ({ repeats, calls, warmup, result }: Request): Promise<Answer> => {
      log.push(`${name} ${repeats} x ${calls} warmup ${warmup} ${result}`);
      const answer = answers[Math.min(next++, answers.length - 1)]!;
      return Promise.resolve(typeof answer === 'number' ? { seconds: answer, all: [answer] } : answer);
    },
  };
};

test('everybody is asked once, then in turns; the least time counts', async (t) => {
  const log: string[] = [];
  const ours = scripted('ours', log, [0.2, 0.1, 0.05, 0.07]);
  const theirs = scripted('theirs', log, [0.02, 0.03]);
  const outcomes = await inTurns([
    { peer: ours, task, result: 'file' },
    { peer: theirs, task },
  ]);
  t.deepEqual(outcomes, [{ seconds: 0.05 }, { seconds: 0.02 }]);
  t.deepEqual(log.slice(0, 6), [
    'ours 1 x undefined warmup undefined file',
    'theirs 1 x undefined warmup undefined undefined',
    'ours 1 x 1 warmup 0.3 undefined',
    'theirs 10 x 1 warmup 0.3 undefined',
    'ours 2 x 1 warmup 0 undefined',
    'theirs 10 x 1 warmup 0 undefined',
  ]);
  t.is(log.length, 12);
});

test('what takes long is measured once', async (t) => {
  const log: string[] = [];
  const outcomes = await inTurns([{ peer: scripted('slow', log, [6, 5]), task }]);
  t.like(outcomes, [{ seconds: 6 }]);
  t.is(log.length, 1);
});

test('calls in a row fill a turn together', async (t) => {
  const log: string[] = [];
  await inTurns([{ peer: scripted('steps', log, [0.005]), task, calls: 10 }]);
  t.is(log[1], 'steps 4 x 10 warmup 0.3 undefined');
});

test('who doesn’t have the task, or fails at it, isn’t asked again', async (t) => {
  const log: string[] = [];
  const outcomes = await inTurns([
    { peer: scripted('unknown', log, [{ unknown: true }]), task },
    { peer: scripted('failing', log, [{ error: 'no memory' }]), task },
    { peer: scripted('dying', log, [0.1, { error: 'gone' }]), task },
  ]);
  t.deepEqual(outcomes, [{ unknown: true }, { error: 'no memory' }, { error: 'gone' }]);
  t.is(log.length, 4);
});
