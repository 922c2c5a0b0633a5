import type { Letter } from './letter.js';

/** The longest chain of messages, each sent because of the one before, that led to what each node (from 0) knows. */
export class Chains {
  readonly #longest: Int32Array;

  constructor(nodes: number) {
    this.#longest = new Int32Array(nodes);
  }

  of(node: number): number {
    return this.#longest[node]!;
  }

  /** A node reads letters. */
  read(node: number, letters: readonly Letter[]): void {
    for (const { depth } of letters) this.#longest[node] = Math.max(this.#longest[node]!, depth);
  }
}
