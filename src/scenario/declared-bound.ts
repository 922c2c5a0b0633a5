import type { Registered } from '../registry/part.js';
import { aggregators, operators, type Requirements } from '../weighted/index.js';
import type { Choice } from './choice.js';
import type { Scenario } from './schema.js';

interface Bound {
  readonly lambda?: number;
  readonly f?: number;
}

const rules: Readonly<Record<string, Registered<unknown> & Requirements<never>>> = { ...aggregators, ...operators };

const boundOf = ({ kind, base, lambda, f, size }: Choice): Bound => {
  const below: Bound = base === undefined ? {} : boundOf(base as Choice);
  // A Byzantine vector spoils the bucket that it is in, and with it the weight of `size` vectors.
  const spoilt = kind === 'bucketing' && below.lambda !== undefined ? below.lambda / (size as number) : below.lambda;
  const own = rules[kind]?.lambdaIsNoShare ? undefined : lambda;
  const lambdas = [own, spoilt].filter((value) => typeof value === 'number');
  const counts = [f, below.f].filter((value) => typeof value === 'number');
  return {
    ...(lambdas.length === 0 ? {} : { lambda: Math.min(...lambdas) }),
    ...(counts.length === 0 ? {} : { f: Math.min(...counts) }),
  };
};

/**
 * What a scenario's rule is told to withstand: the least λ of the vectors' weight, and the least f of vectors, of all in its chain.
 * Nothing under `edge`, where it is about each edge's group, and a step is made of several groups.
 */
export const declaredBound = ({ aggregator, protocol }: Scenario): Bound =>
  protocol.kind === 'edge' ? {} : boundOf(aggregator);

/** λ as the scenario declares it: the share of Byzantine arrivals, else what its rule is told to withstand. */
export const declaredShare = (scenario: Scenario): number | undefined =>
  [scenario.protocol.byzantineShare, declaredBound(scenario).lambda].find((lambda) => typeof lambda === 'number');
