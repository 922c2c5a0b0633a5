import type { Attack, AttackRule, AttackView, Progress } from '../../attacks/attack.js';
import type { Vector } from '../../kernels/vector.js';
import type { Aggregator, Draws } from '../../weighted/aggregator.js';
import type { Content } from '../event.js';
import { ReplayedDraws } from '../replayed-draws.js';
import type { Cluster } from './cluster.js';
import type { Replica } from './replica.js';
import { Rows } from './rows.js';

type VectorAttack = AttackRule & { readonly kind: 'vector' };

/** What those who lie to a replica try lies on: a second instance of one of its rules, with memory and draws of its own. */
class Trials {
  readonly #draws: ReplayedDraws;
  readonly #aggregate: Aggregator;
  readonly #rows: Rows;
  readonly #lie: Vector;

  constructor(
    readonly cluster: Cluster,
    name: string,
    make: (random: (name: string) => Draws) => Aggregator,
    capacity: number,
  ) {
    const { kernels, objective, plan } = cluster;
    this.#draws = new ReplayedDraws(plan.random.fork(name));
    this.#lie = kernels.memory.vector(objective.precision, objective.dimension);
    this.#aggregate = make((stream) => this.#draws.stream(stream));
    this.#rows = new Rows(objective.dimension, capacity);
  }

  /** The next trials are about the lies that are still to be told, beside these vectors: undefined is one of them. */
  face(vectors: readonly (Vector | undefined)[], trusted: Vector | undefined): void {
    this.#draws.advance();
    const rows = this.#rows.clear();
    for (const vector of vectors) rows.add(vector ?? this.#lie);
    rows.trusted = trusted;
  }

  aggregate(lie: ArrayLike<number>, out: Vector): void {
    this.#lie.set(lie);
    this.#draws.replay();
    this.#aggregate(this.#rows, out);
  }
}

/**
 * How Byzantine workers lie to one replica, when it reads what they sent: with all that it reads beside it in view. Each replica is
 * told lies of its own, from streams of its own. Workers are numbered from 0.
 */
export class WorkerLies {
  readonly #attack: Attack;
  /** On the rule on gradients, and on that on models, where workers send each other these. */
  readonly #gradientTrials: Trials | null = null;
  readonly #modelTrials: Trials | null = null;
  /** Of these the one on what is read. */
  #trials: Trials | null = null;
  readonly #honest: Rows;
  readonly #views = new Map<number, AttackView>();
  readonly #progress: Progress | null;
  /** How many of what is read are lies. */
  #lies = 0;

  constructor(
    readonly rule: VectorAttack,
    readonly cluster: Cluster,
    readonly replica: Replica,
    /** The most vectors that it reads at a time. */
    capacity: number,
  ) {
    const { kernels, objective, byzantine, plan, start } = cluster;
    const draws = plan.random.fork(`${replica.name}/attack`);
    this.#attack = rule.attack({
      ...{ dimension: objective.dimension, precision: objective.precision, kernels, count: byzantine.mostHonest },
      random: (name) => draws.fork(name),
    });
    this.#honest = new Rows(objective.dimension, capacity);
    if (rule.knowledge === 'defence') {
      const name = `${replica.name}/attack/defence`;
      const make = (random: (stream: string) => Draws) => replica.makeAggregator(random, replica.aggregated);
      this.#gradientTrials = new Trials(cluster, name, make, capacity);
      if (plan.servers!.members.length === 0)
        this.#modelTrials = new Trials(cluster, `${name}/models`, (random) => replica.makeModelsRule(random), capacity);
    }
    this.#progress =
      rule.knowledge === 'own'
        ? null
        : {
            ...{ model: replica.model, start },
            get norm() {
              return replica.norm;
            },
          };
  }

  /** Whether a worker sends nothing to this replica now. */
  silentFor(worker: number, silence: (view: AttackView) => boolean): boolean {
    return silence(this.#view(worker));
  }

  /**
   * Overwrites the vectors of which `liars` gives the worker, and undefined for those of honest ones; they hold what these would
   * honestly have sent, where the attack asks for that. `content` is what they hold.
   */
  forge(
    vectors: readonly Vector[],
    liars: readonly (number | undefined)[],
    trusted: Vector | undefined,
    content: Content,
  ): void {
    this.#trials = content === 'model' ? this.#modelTrials : this.#gradientTrials;
    this.#honest.clear();
    if (this.rule.knowledge !== 'own')
      vectors.forEach((vector, i) => {
        if (liars[i] === undefined) this.#honest.add(vector);
      });
    this.#lies = liars.reduce<number>((count, liar) => count + Number(liar !== undefined), 0);
    liars.forEach((liar, place) => {
      if (liar === undefined) return;
      this.#trials?.face(
        vectors.map((vector, i) => (i >= place && liars[i] !== undefined ? undefined : vector)),
        trusted,
      );
      this.#attack(this.#view(liar), vectors[place]!);
    });
  }

  #view(worker: number): AttackView {
    let view = this.#views.get(worker);
    if (view === undefined) this.#views.set(worker, (view = this.#viewOf(worker)));
    return view;
  }

  #viewOf(worker: number): AttackView {
    const { cluster, replica } = this;
    const lies = (): number => Math.max(1, this.#lies);
    const trials = (): Trials | null => this.#trials;
    return {
      honest: this.#honest,
      get byzantineWeight() {
        return lies();
      },
      worker: worker + 1,
      get place() {
        return cluster.byzantine.placeOf(worker);
      },
      get liars() {
        return cluster.byzantine.size;
      },
      get step() {
        return replica.steps;
      },
      get time() {
        return cluster.now;
      },
      progress: this.#progress,
      get defence() {
        return trials();
      },
      random: cluster.plan.random.fork(`${replica.name}/worker ${worker + 1}/attack`),
    };
  }
}
