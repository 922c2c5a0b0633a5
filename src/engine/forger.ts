import type { Attack, AttackRule, AttackView, Progress } from '../attacks/attack.js';
import type { Vector } from '../kernels/vector.js';
import type { Server } from './server.js';

const nothingSeen = { count: 0, dimension: 0, vectors: [], weights: new Float64Array(0) };

/** A vector attack at work: overwrites the messages of those who are Byzantine when they arrive. Workers are numbered from 0. */
export class Forger {
  readonly #attack: Attack;
  readonly #views: (AttackView | undefined)[] = [];
  readonly #progress: Progress | null;

  constructor(
    readonly rule: AttackRule & { readonly kind: 'vector' },
    readonly server: Server,
  ) {
    const { kernels, objective, byzantine, model } = server;
    const { dimension, precision } = objective;
    const draws = server.plan.random.fork('attack');
    this.#attack = rule.attack({
      ...{ dimension, precision, kernels, count: byzantine.mostHonest },
      random: (name) => draws.fork(name),
    });
    const start = model.slice();
    this.#progress =
      rule.knowledge === 'own'
        ? null
        : {
            ...{ model, start },
            get norm() {
              return server.norm;
            },
          };
  }

  /** Overwrites a worker's message, if it is Byzantine. Returns whether its honest one before was withdrawn, which `inbox.restore` undoes. */
  forge(worker: number, message: Vector): boolean {
    const { byzantine, inbox } = this.server;
    if (byzantine.members[worker] === 0) return false;
    const withdrawn = inbox.withdraw(worker);
    this.#attack((this.#views[worker] ??= this.#view(worker)), message);
    return withdrawn;
  }

  #view(worker: number): AttackView {
    const { rule, server } = this;
    const { inbox, byzantine, plan } = server;
    return {
      honest: rule.knowledge === 'own' ? nothingSeen : inbox.honest,
      // The message that is being written is one of theirs.
      get byzantineWeight() {
        return inbox.byzantineWeight + 1;
      },
      worker: worker + 1,
      get place() {
        return byzantine.placeOf(worker);
      },
      get liars() {
        return byzantine.size;
      },
      get step() {
        return server.steps;
      },
      get time() {
        return server.now;
      },
      progress: this.#progress,
      defence: null,
      random: plan.random.fork(`worker ${worker + 1}/attack`),
    };
  }
}
