import type { Vector } from '../kernels/vector.js';
import type { RoundMessages, RoundRun, Tripped } from '../methods/round-method.js';
import type { Aggregator } from '../weighted/aggregator.js';
import { PartRows, type Parts, type WholeMessages } from './part-rows.js';

/** The server's side of a method in rounds: hands it the messages of a round, part by part, and the rule. */
export class RoundServer implements RoundMessages {
  count = 0;
  vectors: readonly Vector[] = [];
  readonly #rows: readonly PartRows[];
  #messages: WholeMessages | undefined;

  constructor(
    readonly run: RoundRun,
    parts: Parts,
    /** The most messages of a round. */
    capacity: number,
    /** A rule for each part of a message. */
    readonly aggregators: readonly Aggregator[],
  ) {
    this.#rows = aggregators.map((_, part) => new PartRows(parts, part, capacity));
  }

  /** Writes to `out` what the method makes of these messages. */
  combine(messages: WholeMessages, out: Vector): Tripped | undefined {
    this.#messages = messages;
    this.count = messages.count;
    this.vectors = messages.vectors;
    return this.run.combine(this, out);
  }

  part(number: number, deviation?: number): PartRows {
    return this.#rows[number]!.read(this.#messages!, deviation);
  }

  aggregate(number: number): Aggregator {
    return this.aggregators[number]!;
  }
}
