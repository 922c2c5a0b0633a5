import test from 'ava';
import { parseMeasured } from '../../src/registry/every.js';

test('what lies between measurements is steps, virtual time or gradients', (t) => {
  t.deepEqual(parseMeasured('400 gradients'), { gradients: 400 });
  t.deepEqual(parseMeasured(' 1 gradient '), { gradients: 1 });
  t.deepEqual(parseMeasured('100 steps'), { steps: 100 });
  t.deepEqual(parseMeasured(7), { steps: 7 });
  t.deepEqual(parseMeasured('5s'), { time: 5000 });
  for (const wrong of ['0 gradients', '-1 gradients', '1.5 gradients', 'gradients', 'often', 0])
    t.is(parseMeasured(wrong), undefined, String(wrong));
});
