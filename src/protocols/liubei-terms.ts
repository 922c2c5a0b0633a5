import type { Members, Plan } from '../engine/index.js';
import type { Method } from '../methods/index.js';
import { parseDuration } from '../registry/duration.js';
import { sidesOf, tooMany, type Side } from './cluster-options.js';
import { thereAre } from './there-are.js';

/** The options of `liubei`. */
export interface LiubeiOptions {
  /** Byzantine workers withstood; as many as there are, unless given. */
  readonly f?: number | undefined;
  /** Byzantine servers withstood; as many as there are, unless given. */
  readonly fServers?: number | undefined;
  /** Δ: the longest that an answer takes, with the work that it takes; a duration. */
  readonly timeout: number | string;
  /** T: every how many steps models are gathered, >= 1; from the Lipschitz constant, unless given. */
  readonly gather?: number | undefined;
  /** l > 0: the Lipschitz constant of gradients, for T; the model's own, where it is known, unless given. */
  readonly lipschitz?: number | undefined;
}

/** What all nodes of a run go by; a side's quorum is all but those withstood. */
export interface LiubeiTerms {
  readonly workers: Side;
  readonly servers: Side;
  /** Δ, in virtual milliseconds. */
  readonly timeout: number;
  /** T. */
  readonly period: number;
}

/** η, the length of the method's first step along an aggregate of length 1. */
const firstRate = (method: Plan['method']): number => {
  const x = new Float64Array(1);
  (method as Method).update(new Float64Array(1), 'float64').step(1, Float64Array.of(1), x);
  return -x[0]!;
};

/**
 * T: as given, or floor(1/(3 l η)), but at least 1; l as given, or the model's own, and η the method's first rate.
 * @throws RangeError when it can't be known.
 */
export const gatherPeriod = (
  { gather, lipschitz }: Pick<LiubeiOptions, 'gather' | 'lipschitz'>,
  { method, objective }: Pick<Plan, 'method' | 'objective'>,
): number => {
  if (gather !== undefined) return gather;
  const constant = lipschitz ?? objective.smoothness?.();
  if (constant === undefined)
    throw new RangeError(
      'gather is missing: how smooth this model is isn’t known, so say every how many steps models are gathered (gather), or the Lipschitz constant of its gradients (lipschitz)',
    );
  const rate = firstRate(method);
  const period = Math.floor(1 / (3 * constant * rate));
  if (!Number.isSafeInteger(period))
    throw new RangeError(
      `gather is missing: floor(1/(3·l·η)) is no number of steps with l = ${constant} and η = ${rate} at the first step`,
    );
  return Math.max(1, period);
};

/** Refuses methods whose messages aren't gradients, and those without a T. @throws RangeError with one sentence. */
export const requireGradients = (
  options: LiubeiOptions,
  { method, objective }: Pick<Plan, 'method' | 'objective'>,
): void => {
  if ('rounds' in method || method.newest !== 1)
    throw new RangeError(
      'LiuBei’s workers compare the gradients that they send, and this method’s messages are something else; use sgd',
    );
  gatherPeriod(options, { method, objective });
};

/** @throws RangeError when nobody would be left. */
export const requireSomebody = (options: LiubeiOptions, members: Members): void => {
  const { workers, servers } = sidesOf(options, members);
  if (workers.f >= workers.n) throw new RangeError(`f is ${workers.f}, but ${thereAre(workers.n, 'workers')}`);
  if (servers.f >= servers.n) throw new RangeError(`fServers is ${servers.f}, but ${thereAre(servers.n, 'servers')}`);
};

/** The preconditions of LiuBei's theorem that don't hold, a sentence each. Whether the network keeps the bound Δ shows only in the run. */
export const isOutsideLiubei = (options: LiubeiOptions, members: Members): readonly string[] => {
  const { workers, servers } = sidesOf(options, members);
  const few = (side: Side, factor: number, who: 'workers' | 'servers'): readonly string[] => {
    const [size, f] = who === 'workers' ? ['n_wr', 'f_wr'] : ['n_ps', 'f_ps'];
    const least = factor * side.f + 1;
    return side.n >= least
      ? []
      : [`LiuBei needs ${size} >= ${factor} ${f} + 1, which is ${least}; ${thereAre(side.n, who)}`];
  };
  return [
    ...few(servers, 3, 'servers'),
    ...few(workers, 2, 'workers'),
    ...tooMany(servers, 'servers'),
    ...tooMany(workers, 'workers'),
  ];
};

/** What a run goes by. */
export const liubeiTerms = (options: LiubeiOptions, plan: Plan): LiubeiTerms => ({
  ...sidesOf(options, { workers: plan.workers, servers: plan.servers!.members }),
  timeout: parseDuration(options.timeout)!,
  period: gatherPeriod(options, plan),
});
