import { aggregators, operators } from '../weighted/index.js';
import type { RobustnessConstant } from '../weighted/robustness-constant.js';

/** A rule or an operator on one by its registered name, as scenarios name it. */
export interface ChosenRule {
  readonly kind: string;
  readonly base?: unknown;
  readonly variant?: unknown;
}

/** A bound on a rule's error that somebody claims. */
export interface Bound {
  readonly name: RobustnessConstant['name'];
  readonly formula: string;
  readonly status: RobustnessConstant['status'];
  readonly source: string;
  /** The bound at a share λ in [0, 1/2). */
  readonly value: (lambda: number) => number;
}

const constants: Readonly<Record<string, readonly RobustnessConstant[]>> = Object.fromEntries(
  Object.entries({ ...aggregators, ...operators }).map(([name, part]) => [name, part.constants]),
);

/** What is only as certain as its less certain half. */
const weaker = (a: Bound['status'], b: Bound['status']): Bound['status'] => {
  const order = ['measured', 'published', 'proved'] as const;
  return order[Math.min(order.indexOf(a), order.indexOf(b))]!;
};

/**
 * The bounds that follow from the registry's constants: a rule's own; an operator's with each of its base's in the place of c.
 * Constants that are not for the chosen variant are left out.
 */
export const boundsOf = ({ kind, base, variant }: ChosenRule): readonly Bound[] => {
  const own = (constants[kind] ?? []).filter(
    ({ exceptVariants = [] }) => typeof variant !== 'string' || !exceptVariants.includes(variant),
  );
  if (base === undefined)
    return own.map(({ name, formula, status, source, value }) => ({
      ...{ name, formula, status, source },
      value: (lambda) => value(lambda, 0),
    }));
  const below = boundsOf(base as ChosenRule);
  return own.flatMap(({ name, formula, status, source, value }) =>
    below
      .filter((bound) => bound.name === name)
      .map((bound): Bound => ({
        name,
        formula: `${formula} with c = ${bound.formula}`,
        status: weaker(status, bound.status),
        source: `${source} ${bound.source}`,
        value: (lambda) => value(lambda, bound.value(lambda)),
      })),
  );
};
