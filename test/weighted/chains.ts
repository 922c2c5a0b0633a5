import type { AggregatorOperator, AggregatorRule } from '../../src/weighted/aggregator.js';
import { arc, bucketing, clippedDifferences, clipping, ctma, nnm } from '../../src/weighted/index.js';

/** Every operator, buckets both of few and of more vectors than are added at a time. */
export const operators: Readonly<Record<string, AggregatorOperator>> = {
  ctma: ctma({ lambda: 0.2 }),
  nnm: nnm({ lambda: 0.2 }),
  clipping: clipping({ radius: 3 }),
  'clipped-differences': clippedDifferences({ lambda: 0.5 }),
  arc: arc({ lambda: 0.2 }),
  bucketing: bucketing({ size: 2 }),
  'bucketing by 6': bucketing({ size: 6 }),
};

/** Operators from the outermost to the innermost. */
export interface Chain {
  readonly name: string;
  /** Puts them on a rule; `between` is told of what each one is given as its base. */
  readonly over: (base: AggregatorRule, between?: AggregatorOperator) => AggregatorRule;
}

/** All chains of one to `most` operators. */
export const chains = (most: number): readonly Chain[] => {
  if (most === 0) return [{ name: '', over: (base) => base }];
  const single = Object.entries(operators);
  const shorter = chains(most - 1);
  const longer = shorter.flatMap(({ name, over }) =>
    single.map(([outer, operator]) => ({
      name: `${outer} over ${name}`,
      over: (base: AggregatorRule, between: AggregatorOperator = (rule) => rule) =>
        operator(between(over(base, between))),
    })),
  );
  return [
    ...new Map([...shorter, ...longer].filter(({ name }) => name !== '').map((each) => [each.name, each])).values(),
  ];
};
