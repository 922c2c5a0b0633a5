/** Numbers that a generator keeps: s0, s1, s2 and c. */
export const STATE_LENGTH = 4;

const FEWEST = 8;
const MOST = 4096;

/** Where the states of a run's generators lie side by side: an array each would take four times the memory, all over the heap. */
export class GeneratorStates {
  /** Where the next state lies: `STATE_LENGTH` numbers from `offset` on. */
  numbers = new Float64Array(0);
  offset = 0;

  /** Makes room for one more state at `offset`, in `numbers`, which may be another array than before. */
  claim(): void {
    this.offset += STATE_LENGTH;
    if (this.offset < this.numbers.length) return;
    const room = Math.min(MOST, Math.max(FEWEST, (2 * this.numbers.length) / STATE_LENGTH));
    this.numbers = new Float64Array(STATE_LENGTH * room);
    this.offset = 0;
  }
}
