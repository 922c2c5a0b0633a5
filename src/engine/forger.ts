import type { Attack, AttackRule, AttackView, Progress, Silence } from '../attacks/attack.js';
import type { Vector } from '../kernels/vector.js';
import type { Gathered } from './gathered.js';
import { namesOf } from './names.js';
import type { Server } from './server.js';
import { TrialDefence } from './trial-defence.js';

const nothingSeen = { count: 0, dimension: 0, vectors: [], weights: new Float64Array(0) };

/**
 * A vector attack at work: overwrites the messages of those who are Byzantine when they arrive, or keeps them from arriving. Workers
 * are numbered from 0.
 */
export class Forger {
  readonly #attack: Attack;
  readonly #silence: Silence | undefined;
  /** Those who have been silent. */
  readonly #silent = new Set<number>();
  readonly #views: (AttackView | undefined)[] = [];
  readonly #progress: Progress | null;
  readonly #defence: TrialDefence | null;

  constructor(
    readonly rule: AttackRule & { readonly kind: 'vector' },
    readonly server: Server,
    /** What the protocol gathers in, if it does. */
    gathered: Gathered | undefined,
  ) {
    const { kernels, objective, byzantine, model } = server;
    const { dimension, precision } = objective;
    const draws = server.plan.random.fork('attack');
    this.#attack = rule.attack({
      ...{ dimension, precision, kernels, count: byzantine.mostHonest },
      random: (name) => draws.fork(name),
    });
    this.#silence = rule.silent?.();
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
    this.#defence = rule.knowledge === 'defence' ? new TrialDefence(server, gathered) : null;
  }

  /** Whether it ever keeps messages from arriving. */
  get silences(): boolean {
    return this.#silence !== undefined;
  }

  /** Whether a worker sends nothing, now that its message would arrive. */
  isSilent(worker: number): boolean {
    if (this.#silence === undefined || this.server.byzantine.members[worker] === 0) return false;
    const silent = this.#silence(this.#view(worker));
    if (silent) this.#silent.add(worker);
    return silent;
  }

  /** Who has been silent, as the end of a sentence. */
  get silent(): string | undefined {
    return this.#silent.size === 0
      ? undefined
      : `${namesOf([...this.#silent].sort((a, b) => a - b))} kept silent, and get no answer to what never came`;
  }

  /**
   * Overwrites a worker's message, stale by so many steps, if it is Byzantine. Returns whether its honest one before was withdrawn,
   * which `inbox.restore` undoes.
   */
  forge(worker: number, staleness: number, message: Vector): boolean {
    const { byzantine, inbox } = this.server;
    if (byzantine.members[worker] === 0) return false;
    const withdrawn = inbox.withdraw(worker);
    this.#defence?.face(worker, staleness);
    this.#attack(this.#view(worker), message);
    return withdrawn;
  }

  #view(worker: number): AttackView {
    return (this.#views[worker] ??= this.#viewOf(worker));
  }

  #viewOf(worker: number): AttackView {
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
      defence: this.#defence,
      random: plan.random.fork(`worker ${worker + 1}/attack`),
    };
  }
}
