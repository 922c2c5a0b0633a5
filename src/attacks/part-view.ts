import type { Random } from '../random/random.js';
import type { WeightedVectors } from '../weighted/aggregator.js';
import type { AttackView, Defence, Progress } from './attack.js';

/** What a Byzantine worker sees as one of a part of them: the same, but for its place, and for how many there are. */
export class PartView implements AttackView {
  place = 0;
  liars = 0;
  #whole!: AttackView;

  /** Shows another view: lent until the next call. */
  show(whole: AttackView, place: number, liars: number): AttackView {
    this.#whole = whole;
    this.place = place;
    this.liars = liars;
    return this;
  }

  get honest(): WeightedVectors {
    return this.#whole.honest;
  }

  get byzantineWeight(): number {
    return this.#whole.byzantineWeight;
  }

  get worker(): number {
    return this.#whole.worker;
  }

  get step(): number {
    return this.#whole.step;
  }

  get time(): number {
    return this.#whole.time;
  }

  get progress(): Progress | null {
    return this.#whole.progress;
  }

  get defence(): Defence | null {
    return this.#whole.defence;
  }

  get random(): Random {
    return this.#whole.random;
  }
}
