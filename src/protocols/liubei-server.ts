import { Box, type Cluster, type Letter, type Outcome, type Replica } from '../engine/index.js';
import { lackingSentence } from './lacking.js';
import type { LiubeiTerms } from './liubei-terms.js';
import { Alarm, Patience } from './liubei-waits.js';

/**
 * A server of LiuBei. In each step it waits for all workers' gradients; every T steps for all servers' models after it, which it
 * combines, and sends what comes of it to all workers. In between it answers who asks for its model.
 */
export class LiubeiServer {
  readonly #gradients: Box;
  readonly #models: Box;
  /** Those who asked for a model of a step that it hasn't come to. */
  #requests: readonly Letter[] = [];
  readonly #deadline: Alarm;
  readonly #patience: Patience;
  /** Whether gradients of the step have been waited for long enough. */
  #over = false;
  #step = 0;
  /** Whether it waits for the models of the step, and not for its gradients. */
  #gathers = false;

  constructor(
    readonly cluster: Cluster,
    readonly replica: Replica,
    readonly terms: LiubeiTerms,
  ) {
    const { n, quorum } = terms.servers;
    this.#gradients = new Box(cluster.sheets);
    this.#models = new Box(cluster.sheets);
    this.#deadline = new Alarm(cluster);
    this.#patience = new Patience(cluster, terms.timeout, n, quorum);
  }

  begin(): void {
    this.#collect();
  }

  deliver(letter: Letter): Outcome {
    if (letter.content === 'request') return this.#asked(letter);
    const outcome = (letter.content === 'gradient' ? this.#gradients : this.#models).add(letter);
    this.#advance();
    return outcome;
  }

  /** What it waits for, by the name that it goes by. */
  waiting(name: string): string {
    const { workers, servers } = this.terms;
    return this.#gathers
      ? lackingSentence(name, 'models', this.#step - 1, this.#models.count(this.#step) + 1, servers.quorum)
      : lackingSentence(name, 'gradients', this.#step, this.#gradients.count(this.#step), workers.quorum);
  }

  /** A worker asks for its model of a step: it is told at once, or when that step comes, or not at all once models were gathered since. */
  #asked(request: Letter): Outcome {
    const { period } = this.terms;
    if (Math.floor(request.step / period) < Math.floor(this.#step / period)) return 'late';
    this.#requests = [...this.#requests, request];
    if (!this.#gathers) this.#answer();
    return 'taken';
  }

  /** Answers those who asked for this step, or for one before it. */
  #answer(): void {
    const { cluster, replica } = this;
    const due = this.#requests.filter(({ step }) => step <= this.#step);
    if (due.length === 0) return;
    this.#requests = this.#requests.filter(({ step }) => step > this.#step);
    const sheet = cluster.sheets.copy(replica.model);
    for (const request of due) {
      cluster.heard(replica.node, request);
      cluster.post(replica.node, request.from, 'model', this.#step, sheet);
    }
    cluster.sheets.release(sheet);
  }

  /** Does all that it has the messages for. */
  #advance(): void {
    const { cluster } = this;
    while (!cluster.busy && (this.#gathers ? this.#agree() : this.#move()));
    if (cluster.busy) cluster.afterScoring(() => this.#advance());
  }

  /** Waits for gradients at its model: an honest worker may ask f_ps servers in vain, for Δ each, before it takes one within Δ. */
  #collect(): void {
    const { timeout, servers } = this.terms;
    this.#over = false;
    this.#deadline.set((servers.f + 1) * timeout, () => {
      this.#over = true;
      this.#advance();
    });
    this.#answer();
  }

  /** Steps along the gradients, once all are there, or a quorum of them for long enough. */
  #move(): boolean {
    const { cluster, replica } = this;
    const { period, workers } = this.terms;
    const count = this.#gradients.count(this.#step);
    if (count < (this.#over ? workers.quorum : workers.n)) return false;
    this.#deadline.cancel();
    replica.aggregate(cluster.fromWorkers(replica, this.#gradients.first(this.#step)));
    replica.move();
    this.#step += 1;
    this.#gradients.close(this.#step);
    if (this.#step % period === 0) this.#exchange();
    else this.#settle();
    return true;
  }

  /** Sends the other servers its model, and gathers theirs. */
  #exchange(): void {
    const { cluster, replica } = this;
    const sheet = cluster.sheets.copy(replica.model);
    for (const { node } of cluster.replicas)
      if (node !== replica.node) cluster.post(replica.node, node, 'model', this.#step, sheet);
    cluster.contraction.note(replica.node, this.#step, 'before', sheet);
    cluster.sheets.release(sheet);
    this.#gathers = true;
  }

  /** Goes on with what the rule makes of all servers' models, its own among them, and sends it to all workers. */
  #agree(): boolean {
    const { cluster, replica } = this;
    if (!this.#patience.suffices(this.#models.count(this.#step) + 1, () => this.#advance())) return false;
    const sheet = cluster.sheets.take();
    const others = this.#models.first(this.#step);
    replica.agree(cluster.fromServers(replica.node, others, replica.model), sheet.vector);
    replica.adopt(sheet.vector);
    this.#models.close(this.#step + 1);
    this.#gathers = false;
    cluster.contraction.note(replica.node, this.#step, 'after', sheet);
    cluster.plan.workers.forEach((_, worker) => cluster.post(replica.node, worker, 'model', this.#step, sheet));
    cluster.sheets.release(sheet);
    this.#settle();
    return true;
  }

  /** A step is over. */
  #settle(): void {
    this.cluster.stepped(this.replica);
    this.#collect();
  }
}
