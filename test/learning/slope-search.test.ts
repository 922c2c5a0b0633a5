import test from 'ava';
import fc from 'fast-check';
import { slopeSearch, type Slope } from '../../src/learning/slope-search.js';

test('a step on a convex line meets the approximate Wolfe conditions and lowers the value', (t) => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      fc.constantFrom('quadratic', 'kinked', 'quartic'),
      (minimum, first, kind) => {
        const at = (step: number): Slope => {
          const d = step / minimum - 1;
          if (kind === 'quadratic') return { value: d * d, slope: (2 * d) / minimum };
          if (kind === 'quartic') return { value: d ** 4, slope: (4 * d ** 3) / minimum };
          return { value: Math.sqrt(d * d + 1e-4), slope: d / Math.sqrt(d * d + 1e-4) / minimum };
        };
        const start = at(0);
        const step = slopeSearch(at, start, first);
        t.true(step !== undefined);
        const { value, slope } = at(step!);
        t.true(slope >= 0.9 * start.slope && slope <= -0.8 * start.slope);
        t.true(value <= start.value * (1 + 1e-9));
      },
    ),
  );
});

test('a line without a least value, or of no numbers, has no step', (t) => {
  t.is(
    slopeSearch((step) => ({ value: -step, slope: -1 }), { value: 0, slope: -1 }, 1),
    undefined,
  );
  t.is(
    slopeSearch(() => ({ value: NaN, slope: NaN }), { value: 0, slope: -1 }, 1),
    undefined,
  );
});
