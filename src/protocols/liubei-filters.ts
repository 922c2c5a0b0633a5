/** What a worker's filter on models goes by. */
export interface ModelsBound {
  /** T >= 1: every how many steps models are gathered. */
  readonly period: number;
  /** t >= 1: server steps inside the model that is judged. */
  readonly step: number;
  /** n_wr, and f_wr of them withstood. */
  readonly workers: number;
  readonly byzantine: number;
}

/**
 * How many times the worker's own step ‖local − model‖, which is η‖g‖ for a plain one, a pulled model may be away from where that step led:
 * (3T + 2)(n_wr − f_wr)/(4 f_wr) + 2((t − 1) mod T). Infinity where no worker is Byzantine. El-Mhamdi et al., 2019, models filter.
 */
export const modelsFactor = ({ period, step, workers, byzantine }: ModelsBound): number =>
  ((3 * period + 2) * (workers - byzantine)) / (4 * byzantine) + 2 * ((step - 1) % period);

/** So many coefficients are kept at most: at that number, all but the latest `KEPT` are forgotten, as in the authors' code. */
const MOST_KEPT = 100;
const KEPT = 50;

/**
 * A worker's Lipschitz filter: it measures k = ‖g_new − g_old‖ / ‖local − model_old‖ of every model that it computes at, and accepts
 * one if its k is at most the (n_ps − f_ps)/n_ps quantile of all that it has measured, this one among them. All count, also those
 * of refused models: as at most f_ps of n_ps servers lie, that quantile is at most the largest honest one, and it doesn't sink from refusal to
 * refusal. The quantile is the least k that so many are not above: no value in between. Hence the first is accepted, and without Byzantine
 * servers all are.
 */
export class LipschitzFilter {
  #history: number[] = [];

  constructor(
    /** n_ps, and f_ps < n_ps of them withstood. */
    readonly servers: number,
    readonly byzantine: number,
  ) {}

  /** Whether a model with this coefficient is accepted. One that isn't finite never is, and isn't remembered. */
  accepts(k: number): boolean {
    if (!Number.isFinite(k)) return false;
    this.#history.push(k);
    if (this.#history.length >= MOST_KEPT) this.#history = this.#history.slice(-KEPT);
    return k <= this.#quantile();
  }

  #quantile(): number {
    const sorted = this.#history.toSorted((a, b) => a - b);
    return sorted[Math.ceil((sorted.length * (this.servers - this.byzantine)) / this.servers) - 1]!;
  }
}
