import type { Attack, AttackRule, AttackView } from '../attacks/attack.js';
import type { Vector } from '../kernels/vector.js';
import type { Random } from '../random/random.js';
import type { Shape } from '../weighted/aggregator.js';
import type { ByzantineSet } from './byzantine-set.js';
import type { Inbox } from './inbox.js';

const nothingSeen = { count: 0, dimension: 0, vectors: [], weights: new Float64Array(0) };

/** A vector attack at work: overwrites the messages of those who are Byzantine when they arrive. Workers are numbered from 0. */
export class Forger {
  readonly #attack: Attack;
  readonly #views: (AttackView | undefined)[] = [];

  constructor(
    readonly rule: AttackRule & { readonly kind: 'vector' },
    readonly byzantine: ByzantineSet,
    readonly inbox: Inbox,
    readonly random: Random,
    shape: Omit<Shape, 'count'>,
  ) {
    this.#attack = rule.attack({ ...shape, count: byzantine.mostHonest });
  }

  /** Overwrites a worker's message, if it is Byzantine. Returns whether its honest one before was withdrawn, which `inbox.restore` undoes. */
  forge(worker: number, message: Vector): boolean {
    if (this.byzantine.members[worker] === 0) return false;
    const withdrawn = this.inbox.withdraw(worker);
    this.#attack((this.#views[worker] ??= this.#view(worker)), message);
    return withdrawn;
  }

  #view(worker: number): AttackView {
    const { inbox, rule } = this;
    return {
      honest: rule.knowledge === 'honest' ? inbox.honest : nothingSeen,
      // The message that is being written is one of theirs.
      get byzantineWeight() {
        return inbox.byzantineWeight + 1;
      },
      random: this.random.fork(`worker ${worker + 1}/attack`),
    };
  }
}
