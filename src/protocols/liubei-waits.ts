import type { Cluster } from '../engine/index.js';

/** One thing that is to happen in a while, unless it is called off. */
export class Alarm {
  #pending: { unsubscribe(): void } | undefined;

  constructor(readonly cluster: Pick<Cluster, 'clock' | 'done'>) {}

  get on(): boolean {
    return this.#pending !== undefined;
  }

  /** Has something happen in so many virtual milliseconds, instead of what was to. */
  set(span: number, then: () => void): void {
    this.cancel();
    this.#pending = this.cluster.clock.schedule(() => {
      this.#pending = undefined;
      if (!this.cluster.done) then();
    }, span);
  }

  cancel(): void {
    this.#pending?.unsubscribe();
    this.#pending = undefined;
  }
}

/** Waits for everybody's message of a step: for all, or, from a quorum on, for as long as an answer takes at most. */
export class Patience {
  readonly #alarm: Alarm;
  #over = false;

  constructor(
    cluster: Pick<Cluster, 'clock' | 'done'>,
    readonly timeout: number,
    readonly all: number,
    readonly quorum: number,
  ) {
    this.#alarm = new Alarm(cluster);
  }

  /** Whether so many will do now; if they won't but will when the time is over, `then` is called at that time. The wait is over when they do. */
  suffices(count: number, then: () => void): boolean {
    const enough = count >= this.all || (this.#over && count >= this.quorum);
    if (enough) this.reset();
    else if (count >= this.quorum && !this.#alarm.on)
      this.#alarm.set(this.timeout, () => {
        this.#over = true;
        then();
      });
    return enough;
  }

  /** What was waited for isn't any more. */
  reset(): void {
    this.#alarm.cancel();
    this.#over = false;
  }
}
