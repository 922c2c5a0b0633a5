import {
  Box,
  nodeNames,
  type Cluster,
  type Conduct,
  type Letter,
  type Outcome,
  type Replica,
} from '../engine/index.js';
import type { Star } from './edge-groups.js';
import { lackingSentence } from './lacking.js';

/** A worker of an edge's group: the last step that it was sent a model of, and that model while it is busy with an older one. */
interface Worker {
  readonly node: number;
  readonly edge: Edge;
  step: number;
  busy: boolean;
  next: Letter | undefined;
}

/** An edge: the step for which it gathers, −1 before the first, and what it has of gradients. */
interface Edge {
  readonly replica: Replica;
  readonly workers: readonly number[];
  readonly quorum: number;
  readonly gradients: Box;
  step: number;
  /** Whether it has sent the root its aggregate of that step. */
  sent: boolean;
}

/** A star with edge aggregators at work in one run. Whoever is behind goes on with the newest step, since nobody waits for it. */
export class EdgeConduct implements Conduct {
  readonly #workers: readonly Worker[];
  readonly #edges: readonly Edge[];
  readonly #root: Replica;
  readonly #aggregates: Box;
  readonly #quorum: number;

  constructor(
    readonly cluster: Cluster,
    { groups, edges }: Star,
  ) {
    const { plan, sheets, replicas, reference } = cluster;
    this.#root = reference;
    this.#aggregates = new Box(sheets);
    this.#quorum = edges.quorum;
    this.#edges = groups.map(({ workers, quorum }, edge) => ({
      ...{ replica: replicas[edge]!, workers, quorum, gradients: new Box(sheets) },
      ...{ step: -1, sent: false },
    }));
    const edgeOf = (worker: number): Edge => this.#edges.find(({ workers }) => workers.includes(worker))!;
    this.#workers = plan.workers.map((_, node) => ({
      ...{ node, edge: edgeOf(node), step: -1, busy: false, next: undefined },
    }));
  }

  begin(): void {
    this.#scatter();
  }

  deliver(letter: Letter): Outcome {
    const worker = this.#workers[letter.to];
    if (worker) return this.#instruct(worker, letter);
    const edge = this.#edges[letter.to - this.#workers.length];
    if (edge === undefined) {
      const outcome = this.#aggregates.add(letter);
      this.#step();
      return outcome;
    }
    if (letter.content === 'model') return this.#pass(edge, letter);
    const outcome = edge.gradients.add(letter);
    this.#aggregate(edge);
    return outcome;
  }

  waiting(): string {
    const { cluster } = this;
    const step = this.#root.steps;
    const lacking = this.#edges.find(({ replica, sent, step: own }) => !replica.byzantine && own === step && !sent);
    const names = nodeNames(this.#workers.length);
    const root = lackingSentence('the root', 'aggregates', step, this.#aggregates.count(step), this.#quorum);
    if (lacking === undefined || cluster.done) return root;
    const { replica, gradients, quorum } = lacking;
    return `${root}; ${lackingSentence(names([replica.node]), 'gradients', step, gradients.count(step), quorum)}`;
  }

  /** The root sends its model to all edges: the step begins. */
  #scatter(): void {
    const { cluster } = this;
    const { node, model, steps } = this.#root;
    const sheet = cluster.sheets.copy(model);
    for (const { replica } of this.#edges) cluster.post(node, replica.node, 'model', steps, sheet);
    cluster.sheets.release(sheet);
  }

  /** An edge passes the root's model on to its group, and gathers for that step from now on. */
  #pass(edge: Edge, letter: Letter): Outcome {
    const { cluster } = this;
    const { replica, workers, gradients } = edge;
    const { step, sheet } = letter;
    if (step <= edge.step) {
      cluster.sheets.release(sheet);
      return step === edge.step ? 'duplicate' : 'late';
    }
    cluster.heard(replica.node, letter);
    // All begin with the same model, which hasn't moved.
    if (step > 0) replica.replace(sheet!.vector);
    // What liars know of the model's way so far.
    replica.steps = step;
    replica.norm = this.#root.norm;
    edge.step = step;
    edge.sent = false;
    gradients.close(step);
    for (const worker of workers) cluster.post(replica.node, worker, 'model', step, sheet);
    cluster.sheets.release(sheet);
    return 'taken';
  }

  /** A worker is sent a model: it computes at it, at once or when it has done what it is at. */
  #instruct(worker: Worker, letter: Letter): Outcome {
    const { sheets } = this.cluster;
    if (letter.step <= worker.step) {
      sheets.release(letter.sheet);
      return letter.step === worker.step ? 'duplicate' : 'late';
    }
    worker.step = letter.step;
    sheets.release(worker.next?.sheet);
    worker.next = letter;
    this.#compute(worker);
    return 'taken';
  }

  #compute(worker: Worker): void {
    const { next, node, edge, busy } = worker;
    if (busy || next === undefined) return;
    const { cluster } = this;
    const { step } = next;
    worker.busy = true;
    worker.next = undefined;
    const [model] = cluster.fromServers(node, [next]).vectors;
    cluster.compute(node, model!, step, ({ sheet, loss }) => {
      cluster.post(node, edge.replica.node, 'gradient', step, sheet, loss);
      cluster.sheets.release(sheet);
      worker.busy = false;
      this.#compute(worker);
    });
    cluster.sheets.release(next.sheet);
  }

  /** An edge combines the first gradients of its group, once there are enough, and sends that to the root. */
  #aggregate(edge: Edge): void {
    const { cluster } = this;
    const { replica, gradients, quorum, step, sent } = edge;
    if (sent || gradients.count(step) < quorum) return;
    replica.aggregate(cluster.fromWorkers(replica, gradients.first(step, quorum)));
    gradients.close(step + 1);
    edge.sent = true;
    const sheet = cluster.sheets.copy(replica.aggregated);
    cluster.post(replica.node, this.#root.node, 'aggregate', step, sheet);
    cluster.sheets.release(sheet);
  }

  /** The root steps along the first aggregates, once there are enough. */
  #step(): void {
    const { cluster } = this;
    const root = this.#root;
    const step = root.steps;
    if (this.#aggregates.count(step) < this.#quorum) return;
    root.agree(cluster.fromServers(root.node, this.#aggregates.first(step, this.#quorum)), root.aggregated);
    root.move();
    this.#aggregates.close(step + 1);
    cluster.stepped(root);
    if (!cluster.done) this.#scatter();
  }
}
