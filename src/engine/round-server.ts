import type { Vector } from '../kernels/vector.js';
import type { RoundMessages, RoundRun, Tripped } from '../methods/round-method.js';
import type { Aggregator } from '../weighted/aggregator.js';
import { PartRows, type Parts, type WholeMessages } from './part-rows.js';

/** The server's side of a method in rounds: hands it the messages of a round, part by part, and the rule. */
export class RoundServer implements RoundMessages {
  count = 0;
  vectors: readonly Vector[] = [];
  readonly #rows: readonly PartRows[];
  readonly #aggregators: readonly Aggregator[];
  #messages: WholeMessages | undefined;

  constructor(
    readonly run: RoundRun,
    parts: Parts,
    /** The most messages of a round. */
    capacity: number,
    /** A rule for each part of a message. */
    aggregators: readonly Aggregator[],
    /** Where each rule's latest result is kept, for those who ask what it begins at next; nowhere, unless given. */
    readonly results: readonly Vector[] = [],
  ) {
    this.#aggregators = aggregators.map((aggregate, part) => {
      const result = results[part];
      if (!result) return aggregate;
      return (input, out) => {
        aggregate(input, out);
        result.set(out);
      };
    });
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
    return this.#aggregators[number]!;
  }
}
