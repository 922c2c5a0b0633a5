import type { Outcome } from '../event.js';
import type { Letter } from './letter.js';
import type { Sheets } from './sheets.js';

/** The letters of one kind that a node keeps until their step comes: of each step, one of each sender, in the order of arrival. */
export class Box {
  readonly #steps = new Map<number, Letter[]>();
  /** What is older than this is late. */
  #now = 0;

  constructor(readonly sheets: Sheets) {}

  /** Keeps a letter, unless its step is over, or there is one of its sender for that step. */
  add(letter: Letter): Outcome {
    const { step, from } = letter;
    const kept = this.#steps.get(step);
    const outcome = step < this.#now ? 'late' : kept?.some((other) => other.from === from) ? 'duplicate' : 'taken';
    if (outcome !== 'taken') this.sheets.release(letter.sheet);
    else if (kept) kept.push(letter);
    else this.#steps.set(step, [letter]);
    return outcome;
  }

  /** How many there are of a step. */
  count(step: number): number {
    return this.#steps.get(step)?.length ?? 0;
  }

  /** Who sent those of a step, in the order of arrival. */
  senders(step: number): readonly number[] {
    return this.#steps.get(step)?.map(({ from }) => from) ?? [];
  }

  /** The first `most` of a step, in the order of arrival; kept until `close`. */
  first(step: number, most = Infinity): readonly Letter[] {
    return (this.#steps.get(step) ?? []).slice(0, most);
  }

  /** Steps before this one are over: nothing of them is kept, or taken from now on. */
  close(before: number): void {
    this.#now = Math.max(this.#now, before);
    for (const [step, letters] of this.#steps)
      if (step < this.#now) {
        for (const { sheet } of letters) this.sheets.release(sheet);
        this.#steps.delete(step);
      }
  }
}
