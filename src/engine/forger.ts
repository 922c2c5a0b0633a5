import type { Attack, AttackRule, AttackView, Progress, Silence } from '../attacks/attack.js';
import type { Vector } from '../kernels/vector.js';
import type { Gathered } from './gathered.js';
import { namesOf } from './names.js';
import { PartRows } from './part-rows.js';
import type { Server } from './server.js';
import { TrialDefence } from './trial-defence.js';

const nothingSeen = { count: 0, dimension: 0, vectors: [], weights: new Float64Array(0) };

/** What lies in one part of messages: each part is a vector of its own to those who lie, and to the rule. */
interface Liar {
  readonly attack: Attack;
  readonly defence: TrialDefence | null;
  /** The honest vectors' part; undefined where messages have but one part, or nobody looks at it. */
  readonly honest: PartRows | undefined;
  readonly views: (AttackView | undefined)[];
}

/**
 * A vector attack at work: overwrites the messages of those who are Byzantine when they arrive, or keeps them from arriving. Workers
 * are numbered from 0.
 */
export class Forger {
  readonly #liars: readonly Liar[];
  readonly #silence: Silence | undefined;
  /** Those who have been silent. */
  readonly #silent = new Set<number>();
  readonly #progress: Progress | null;

  constructor(
    readonly rule: AttackRule & { readonly kind: 'vector' },
    readonly server: Server,
    /** What the protocol gathers in, if it does. */
    gathered: Gathered | undefined,
  ) {
    const { model, parts } = server;
    this.#liars = Array.from({ length: parts.count }, (_, part) => this.#liar(part, gathered));
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
  }

  #liar(part: number, gathered: Gathered | undefined): Liar {
    const { rule, server } = this;
    const { kernels, objective, byzantine, parts, plan } = server;
    const { dimension, precision } = objective;
    const draws = plan.random.fork(part === 0 ? 'attack' : `attack/part ${part}`);
    const sees = rule.knowledge !== 'own' && parts.count > 1;
    return {
      attack: rule.attack({
        ...{ dimension, precision, kernels, count: byzantine.mostHonest },
        random: (name) => draws.fork(name),
      }),
      defence: rule.knowledge === 'defence' ? new TrialDefence(server, gathered, part) : null,
      honest: sees ? new PartRows(parts, part, byzantine.mostHonest) : undefined,
      views: [],
    };
  }

  /** Whether it ever keeps messages from arriving. */
  get silences(): boolean {
    return this.#silence !== undefined;
  }

  /** Whether a worker sends nothing, now that its message would arrive. */
  isSilent(worker: number): boolean {
    if (this.#silence === undefined || this.server.byzantine.members[worker] === 0) return false;
    const silent = this.#silence(this.#view(worker, 0));
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
    const { byzantine, inbox, parts, roundServer } = this.server;
    if (byzantine.members[worker] === 0) return false;
    const withdrawn = inbox.withdraw(worker);
    const used = roundServer?.run.parts ?? 1;
    for (let part = 0; part < used; part++) {
      const { attack, defence, honest } = this.#liars[part]!;
      honest?.read(inbox.honest);
      defence?.face(worker, staleness);
      attack(this.#view(worker, part), parts.of(message, part));
    }
    return withdrawn;
  }

  #view(worker: number, part: number): AttackView {
    const { views } = this.#liars[part]!;
    return (views[worker] ??= this.#viewOf(worker, part));
  }

  #viewOf(worker: number, part: number): AttackView {
    const { rule, server } = this;
    const { inbox, byzantine, plan } = server;
    const { defence, honest } = this.#liars[part]!;
    const stream = `worker ${worker + 1}/attack`;
    return {
      honest: rule.knowledge === 'own' ? nothingSeen : (honest ?? inbox.honest),
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
      get round() {
        return server.called;
      },
      get step() {
        return server.steps;
      },
      get time() {
        return server.now;
      },
      progress: this.#progress,
      defence,
      random: plan.random.fork(part === 0 ? stream : `${stream}/part ${part}`),
    };
  }
}
