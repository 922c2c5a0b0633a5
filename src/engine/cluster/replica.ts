import type { ReadonlyVector, Vector } from '../../kernels/vector.js';
import type { Method, Update } from '../../methods/method.js';
import type { Aggregator, Draws, WeightedVectors } from '../../weighted/aggregator.js';
import { FollowedModel } from '../followed-model.js';
import type { Cluster } from './cluster.js';
import { WorkerLies } from './worker-lies.js';

/** The most vectors that a node hands to the rule on gradients, and to the rule on models. */
export interface Reads {
  readonly gradients: number;
  readonly models: number;
}

/** A node that has a model of its own and moves it: a server, or a worker where workers are each other's servers. */
export class Replica {
  readonly model: Vector;
  /** d̂_t, its latest aggregate. */
  readonly aggregated: Vector;
  /** ‖d̂_t‖ of its last step; 0 before the first. */
  norm = 0;
  /** Its steps so far. */
  steps = 0;
  readonly lies: WorkerLies | undefined;
  readonly #update: Update;
  readonly #aggregator: Aggregator;
  readonly #models: Aggregator;
  #followed: FollowedModel | undefined;

  constructor(
    readonly cluster: Cluster,
    /** Its number among all nodes, from 0. */
    readonly node: number,
    /** `server 1`, or `worker 3`. */
    readonly name: string,
    readonly byzantine: boolean,
    readonly reads: Reads,
  ) {
    const { kernels, objective, plan, start } = cluster;
    const { dimension, precision } = objective;
    this.model = kernels.memory.vector(precision, dimension);
    this.aggregated = kernels.memory.vector(precision, dimension);
    this.model.set(start);
    this.#update = (plan.method as Method).update(this.model, precision, kernels);
    const draws = plan.random.fork(`${name}/aggregator`);
    this.#aggregator = this.makeAggregator((stream) => draws.fork(stream));
    const others = plan.random.fork(`${name}/models`);
    this.#models = this.makeModelsRule((stream) => others.fork(stream));
    if (plan.attack.kind === 'vector')
      this.lies = new WorkerLies(plan.attack, cluster, this, Math.max(reads.gradients, reads.models));
  }

  /** The rule on gradients, with streams of its own. */
  makeAggregator(random: (name: string) => Draws, beginning?: ReadonlyVector): Aggregator {
    const { plan, kernels, objective } = this.cluster;
    const { dimension, precision } = objective;
    return plan.aggregator({
      ...{ count: this.reads.gradients, dimension, precision, kernels, random, beginning },
      followModel: () => this.#follow(),
    });
  }

  /** The rule on models, with streams of its own. */
  makeModelsRule(random: (name: string) => Draws): Aggregator {
    const { plan, kernels, objective } = this.cluster;
    const { dimension, precision } = objective;
    return plan.servers!.aggregator({
      ...{ count: this.reads.models, dimension, precision, kernels, random },
      followModel: () => this.#follow(),
    });
  }

  /** The rule on gradients: to `out`, d̂_t unless given. */
  aggregate(rows: WeightedVectors, out = this.aggregated): void {
    this.#aggregator(rows, out);
  }

  /** Takes the step along d̂_t. */
  move(): void {
    this.steps += 1;
    this.#followed?.leave();
    this.#update.step(this.steps, this.aggregated, this.model);
    this.#followed?.arrive();
    this.norm = Math.sqrt(this.cluster.kernels.vectors.squaredNorm(this.aggregated));
  }

  /** Goes on with a model on which it has agreed with others, after its step: rules that follow its model see both as one move. */
  adopt(model: ReadonlyVector): void {
    this.model.set(model);
    this.#followed?.arrive();
  }

  /** Goes on with a model that it is sent: that is one move. */
  replace(model: ReadonlyVector): void {
    this.#followed?.leave();
    this.adopt(model);
  }

  /** A Byzantine server, which knows all, goes on with what another has got to. */
  catchUp(other: Replica): void {
    this.model.set(other.model);
    this.steps = other.steps;
  }

  /** The rule on models: to `out`, none of `rows`. */
  agree(rows: WeightedVectors, out: Vector): void {
    this.#models(rows, out);
  }

  #follow(): () => number | undefined {
    const { kernels, objective } = this.cluster;
    const followed = (this.#followed ??= new FollowedModel(this.model, objective.precision, kernels));
    return () => followed.moved;
  }
}
