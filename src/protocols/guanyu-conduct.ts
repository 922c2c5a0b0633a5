import {
  Box,
  nodeNames,
  type Cluster,
  type Conduct,
  type Letter,
  type Outcome,
  type Replica,
} from '../engine/index.js';
import type { Vector } from '../kernels/vector.js';
import { sidesOf, type QuorumOptions } from './cluster-options.js';
import { lackingSentence } from './lacking.js';

/** A worker: the step that it works for, and the models that it has for it and later ones. */
interface Worker {
  readonly node: number;
  readonly models: Box;
  step: number;
  busy: boolean;
}

/** A server: what it has of gradients and of the others' models. Until it has stepped it waits for gradients, then for models. */
interface Server {
  readonly replica: Replica;
  readonly gradients: Box;
  readonly models: Box;
  step: number;
  stepped: boolean;
}

/** The first step of which a server takes gradients yet. */
const wantedBy = ({ step, stepped }: Server): number => step + Number(stepped);

/** GuanYu at work in one run: every honest node takes every step, in order, when it has a quorum for it. */
export class GuanYuConduct implements Conduct {
  readonly #workers: readonly Worker[];
  readonly #servers: readonly Server[];
  readonly #honest: readonly Server[];
  readonly #quorum: number;
  readonly #quorumServers: number;
  /** Where medians are written before they are models. */
  readonly #median: Vector;

  constructor(
    readonly cluster: Cluster,
    options: QuorumOptions,
  ) {
    const { plan, sheets, replicas, kernels, objective } = cluster;
    const sides = sidesOf(options, { workers: plan.workers, servers: plan.servers!.members });
    this.#quorum = sides.workers.quorum;
    this.#quorumServers = sides.servers.quorum;
    this.#median = kernels.memory.vector(objective.precision, objective.dimension);
    this.#workers = plan.workers.map((_, node) => ({ node, models: new Box(sheets), step: 0, busy: false }));
    this.#servers = replicas.map((replica) => ({
      ...{ replica, gradients: new Box(sheets), models: new Box(sheets) },
      ...{ step: 0, stepped: false },
    }));
    this.#honest = this.#servers.filter(({ replica }) => !replica.byzantine);
  }

  begin(): void {
    for (const server of this.#servers) this.#scatter(server);
  }

  deliver(letter: Letter): Outcome {
    const worker = this.#workers[letter.to];
    if (worker) {
      const outcome = worker.models.add(letter);
      this.#compute(worker);
      return outcome;
    }
    const server = this.#servers[letter.to - this.#workers.length]!;
    if (server.replica.byzantine) this.#catchUp(server);
    const outcome = (letter.content === 'gradient' ? server.gradients : server.models).add(letter);
    this.#advance(server);
    return outcome;
  }

  /** A server sends its model to all workers: the step begins. */
  #scatter({ replica, step }: Server): void {
    const { cluster } = this;
    const sheet = cluster.sheets.copy(replica.model);
    for (const { node } of this.#workers) cluster.post(replica.node, node, 'model', step, sheet);
    if (step > 0) cluster.contraction.note(replica.node, step, 'after', sheet);
    cluster.sheets.release(sheet);
  }

  /** A worker takes its gradient at the median of the first models, once there are enough. */
  #compute(worker: Worker): void {
    if (worker.busy) return;
    const { cluster } = this;
    this.#leaveOut(worker);
    const { node, models, step } = worker;
    if (models.count(step) < this.#quorumServers) return;
    worker.busy = true;
    cluster.agree(node, cluster.fromServers(node, models.first(step, this.#quorumServers)), this.#median);
    worker.step += 1;
    models.close(worker.step);
    cluster.compute(node, this.#median, step, ({ sheet, loss }) => {
      for (const { replica } of this.#servers) cluster.post(node, replica.node, 'gradient', step, sheet, loss);
      cluster.sheets.release(sheet);
      worker.busy = false;
      this.#compute(worker);
    });
  }

  /** The honest server that is behind all others. */
  get #last(): Server {
    return this.#honest.reduce((last, server) => (wantedBy(server) < wantedBy(last) ? server : last));
  }

  /** A worker that is behind all servers leaves out the steps of which none of them takes a gradient any more. */
  #leaveOut(worker: Worker): void {
    const least = wantedBy(this.#last);
    if (worker.step >= least) return;
    worker.step = least;
    worker.models.close(least);
  }

  /**
   * A Byzantine server that is behind all honest ones goes on where the last of these is: since workers leave out what no honest server
   * needs, it would wait for ever, and lie no more. Its lies are made of what it knows, which is all.
   */
  #catchUp(server: Server): void {
    const last = this.#last;
    if (wantedBy(server) >= wantedBy(last)) return;
    server.replica.catchUp(last.replica);
    server.step = last.step;
    server.stepped = last.stepped;
    server.gradients.close(wantedBy(last));
    server.models.close(last.step);
    if (last.stepped) this.#exchange(server);
    else this.#scatter(server);
  }

  /** A server does all that it has quorums for. */
  #advance(server: Server): void {
    const { cluster } = this;
    while (!cluster.busy && (server.stepped ? this.#agree(server) : this.#step(server)));
    if (cluster.busy) cluster.afterScoring(() => this.#advance(server));
  }

  /** A server steps along the first gradients, once there are enough, and sends the others its model. */
  #step(server: Server): boolean {
    const { cluster } = this;
    const { replica, gradients, step } = server;
    if (gradients.count(step) < this.#quorum) return false;
    replica.aggregate(cluster.fromWorkers(replica, gradients.first(step, this.#quorum)));
    replica.move();
    gradients.close(step + 1);
    server.stepped = true;
    this.#exchange(server);
    return true;
  }

  /** A server goes on with the median of the first models, its own among them, once there are enough. */
  #agree(server: Server): boolean {
    const { cluster } = this;
    const { replica, models, step } = server;
    const others = this.#quorumServers - 1;
    if (models.count(step) < others) return false;
    replica.agree(cluster.fromServers(replica.node, models.first(step, others), replica.model), this.#median);
    replica.adopt(this.#median);
    models.close(step + 1);
    server.step += 1;
    server.stepped = false;
    cluster.stepped(replica);
    this.#scatter(server);
    return true;
  }

  /** A server sends the others the model that it has stepped to. */
  #exchange({ replica, step }: Server): void {
    const { cluster } = this;
    const sheet = cluster.sheets.copy(replica.model);
    for (const other of this.#servers)
      if (other.replica !== replica) cluster.post(replica.node, other.replica.node, 'model', step, sheet);
    cluster.contraction.note(replica.node, step + 1, 'before', sheet);
    cluster.sheets.release(sheet);
  }

  waiting(): string {
    const names = nodeNames(this.#workers.length);
    const servers = this.#honest.map(({ replica, gradients, models, step, stepped }) =>
      stepped
        ? lackingSentence(names([replica.node]), 'models', step, models.count(step) + 1, this.#quorumServers)
        : lackingSentence(names([replica.node]), 'gradients', step, gradients.count(step), this.#quorum),
    );
    const workers = this.#workers
      .filter(({ busy }) => !busy)
      .map(({ node, models, step }) =>
        lackingSentence(names([node]), 'models', step, models.count(step), this.#quorumServers),
      );
    return [servers[0], workers[0]].filter((each) => each !== undefined).join('; ');
  }
}
