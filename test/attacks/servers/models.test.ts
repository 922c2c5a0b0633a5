import test from 'ava';
import { none } from '../../../src/attacks/servers/none.js';
import { randomModel } from '../../../src/attacks/servers/random-model.js';
import { silence } from '../../../src/attacks/servers/silence.js';
import { wrongModel } from '../../../src/attacks/servers/wrong-model.js';
import { lieOf, told, viewOf } from './cases.js';

const honest = [
  [1, 2],
  [3, 6],
];

test('none and silence leave what would have been sent', (t) => {
  for (const rule of [none(), silence({ at: 0 })]) t.deepEqual(told(lieOf(rule, 2), viewOf(honest), [5, 7]), [5, 7]);
});

test('a wrong model is a multiple of the honest mean, for everybody', (t) => {
  for (const reader of [1, 9])
    t.deepEqual(told(lieOf(wrongModel({ factor: -2 }), 2), viewOf(honest, { reader })), [-4, -8]);
});

test('a random model is the same for all readers and liars in a step, another in the next, and scales with its deviation', (t) => {
  const [one, other] = [lieOf(randomModel({ deviation: 1 }), 400), lieOf(randomModel({ deviation: 3 }), 400)];
  const wide = [new Array<number>(400).fill(0)];
  const at = (lie: typeof one, step: number, reader = 1) => told(lie, viewOf(wide, { step, reader }));
  const model = at(one, 1);
  t.deepEqual(at(one, 1, 5), model);
  t.deepEqual(
    at(other, 1),
    model.map((value) => 3 * value),
  );
  t.notDeepEqual(at(one, 2), model);
  const variance = model.reduce((sum, value) => sum + value * value, 0) / 400;
  // Its standard error is √(2/400).
  t.true(Math.abs(variance - 1) < 4 * Math.sqrt(2 / 400));
});

test('silence begins at its time; a text that is no time is refused', (t) => {
  const { silent } = silence({ at: '2s' });
  t.deepEqual(
    [0, 1999, 2000, 1e9].map((time) => silent!(0, time)),
    [false, false, true, true],
  );
  t.throws(() => silence({ at: 'soon' }), {
    instanceOf: RangeError,
    message: 'at: "soon" is no time >= 0, such as 90s or 0',
  });
});
