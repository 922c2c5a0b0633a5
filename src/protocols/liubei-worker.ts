import { Box, nodeNames, type Cluster, type Computed, type Letter, type Outcome } from '../engine/index.js';
import type { Sheet } from '../engine/index.js';
import type { Vector } from '../kernels/vector.js';
import type { Method, Update } from '../methods/index.js';
import type { Random } from '../random/random.js';
import { lackingSentence } from './lacking.js';
import { LipschitzFilter, modelsFactor } from './liubei-filters.js';
import type { LiubeiTerms } from './liubei-terms.js';
import { Alarm, Patience } from './liubei-waits.js';

/**
 * A worker of LiuBei. It sends all servers its gradient, takes a step of its own along it, and asks one server for the next model; if
 * its filters refuse what comes, or nothing comes in time, it asks the next, f_ps + 1 at most. Every T steps it is sent all models, and combines them.
 */
export class LiubeiWorker {
  readonly #models: Box;
  /** Its model; from its own step on, where that led. */
  readonly #model: Vector;
  readonly #update: Update;
  readonly #filter: LipschitzFilter;
  readonly #alarm: Alarm;
  readonly #patience: Patience;
  readonly #first: number;
  #state: 'computing' | 'pulling' | 'gathering' = 'computing';
  /** The step whose gradient it takes next: server steps inside the model for it. */
  #step = 0;
  /** The latest step of which it was sent a quorum of all servers' models. */
  #gathered = 0;
  /** What it sent last; undefined where nobody needs to know it, since it lies. */
  #gradient: Sheet | undefined;
  /** ‖local − model‖, the length of its own step. */
  #stride = 0;
  /** Whom it asked for a model in this step, in order. */
  #asked: number[] = [];
  #refused = 0;

  constructor(
    readonly cluster: Cluster,
    readonly node: number,
    readonly terms: LiubeiTerms,
    /** A vector that nobody keeps anything in. */
    readonly scratch: Vector,
    pulls: Random,
  ) {
    const { kernels, objective, plan, start } = cluster;
    const { n, f, quorum } = terms.servers;
    this.#models = new Box(cluster.sheets);
    this.#model = kernels.memory.vector(objective.precision, objective.dimension);
    this.#model.set(start);
    this.#update = (plan.method as Method).update(this.#model, objective.precision, kernels);
    this.#filter = new LipschitzFilter(n, f);
    this.#alarm = new Alarm(cluster);
    this.#patience = new Patience(cluster, terms.timeout, n, quorum);
    this.#first = Math.floor(n * pulls.next());
  }

  /** All begin with the same model: the first gradient is taken at it without asking. */
  begin(): void {
    this.#goOn();
  }

  deliver(letter: Letter): Outcome {
    return letter.step % this.terms.period === 0 ? this.#sent(letter) : this.#answered(letter);
  }

  /** What it waits for, undefined while it computes. */
  waiting(name: string): string | undefined {
    if (this.#state === 'computing') return undefined;
    const { quorum } = this.terms.servers;
    if (this.#state === 'gathering')
      return lackingSentence(name, 'models', this.#step, this.#models.count(this.#step), quorum);
    const asked = nodeNames(this.cluster.plan.workers.length)(this.#asked.toSorted((a, b) => a - b));
    return `${name} waits for one of the ${this.#asked.length} models of step ${this.#step + 1} that it asked for, of ${asked}`;
  }

  /** Takes a gradient at its model. */
  #goOn(): void {
    this.#state = 'computing';
    this.cluster.compute(this.node, this.#model, this.#step, (computed) => this.#send(computed));
  }

  /** Sends all servers its gradient: the step is over. */
  #send({ sheet, loss }: Computed): void {
    const { cluster, node } = this;
    for (const replica of cluster.replicas) cluster.post(node, replica.node, 'gradient', this.#step, sheet, loss);
    cluster.sheets.release(this.#gradient);
    this.#gradient = sheet;
    this.#step += 1;
    if (this.#gathered > this.#step) this.#step = this.#gathered;
    if (this.#step % this.terms.period === 0) this.#gather();
    else this.#scatter();
  }

  /** Takes a step of its own, and asks for a model to go on with. */
  #scatter(): void {
    this.#state = 'pulling';
    this.#asked = [];
    this.#refused = 0;
    this.#speculate();
    this.#ask();
  }

  #speculate(): void {
    const { kernels, objective } = this.cluster;
    this.#stride = 0;
    if (this.#gradient === undefined) return;
    this.scratch.set(this.#model);
    this.#update.step(this.#step, this.#gradient.vector, this.#model);
    this.#stride = Math.sqrt(kernels.vectors.squaredDistance(this.scratch, this.#model, objective.dimension));
  }

  /** Asks the next server, the (r + t + i)th, and waits for as long as its answer takes at most. */
  #ask(): void {
    const { cluster, node } = this;
    const { servers, timeout } = this.terms;
    const server = cluster.replicas[(this.#first + this.#step + this.#asked.length) % servers.n]!.node;
    this.#asked.push(server);
    this.#alarm.set(timeout, () => this.#askAgain());
    cluster.post(node, server, 'request', this.#step);
  }

  /**
   * Nothing came of whom it asked last: it asks the next, or, where some models came and all were refused, goes on with its own. Where none
   * came from any it waits for whichever comes: one of f_ps + 1 servers is honest, and waits itself.
   */
  #askAgain(): void {
    if (this.#gathered > this.#step) this.#catchUp();
    else if (this.#asked.length <= this.terms.servers.f) this.#ask();
    else if (this.#refused > 0) this.#goOn();
  }

  /** A server's answer: it counts if the worker still needs one, and both filters let it pass. */
  #answered(letter: Letter): Outcome {
    const { from, sheet, step } = letter;
    const wanted = this.#state === 'pulling' && this.#asked.includes(from) && step >= this.#step;
    const outcome = wanted ? this.#judge(letter) : 'late';
    this.cluster.sheets.release(sheet);
    return outcome;
  }

  #judge(letter: Letter): Outcome {
    const { cluster, node } = this;
    const radius = this.#radius(letter.step);
    const tolerance = radius < Infinity ? { centre: this.#model, radius } : undefined;
    const pulled = cluster.fromServers(node, [letter], undefined, tolerance).vectors[0]!;
    if (this.#away(pulled, radius)) {
      if (letter.from === this.#asked.at(-1)) this.#alarm.cancel();
      this.#refuse();
      return 'rejected';
    }
    return this.#try(pulled, letter.step) ? 'taken' : 'rejected';
  }

  /** How far from where its own step led a model may be. Nobody knows the step of who lies without computing, so it takes any. */
  #radius(step: number): number {
    const { period, workers } = this.terms;
    if (this.#gradient === undefined) return Infinity;
    const factor = modelsFactor({ period, step, workers: workers.n, byzantine: workers.f });
    return factor === Infinity ? Infinity : this.#stride * factor;
  }

  #away(pulled: Vector, radius: number): boolean {
    const { kernels, objective } = this.cluster;
    const distance = Math.sqrt(kernels.vectors.squaredDistance(this.#model, pulled, objective.dimension));
    return this.#gradient !== undefined && !(distance < Infinity && distance <= radius);
  }

  /** Takes a gradient at a pulled model, and sends it if the Lipschitz filter accepts it: whether it will is settled now. */
  #try(pulled: Vector, step: number): boolean {
    this.#alarm.cancel();
    this.#state = 'computing';
    const verdict = { accepted: false };
    const computed = this.cluster.compute(this.node, pulled, step, (done) =>
      verdict.accepted ? this.#send(done) : this.#drop(done),
    );
    verdict.accepted = this.#isSmooth(computed);
    if (!verdict.accepted) return false;
    this.#model.set(pulled);
    this.#step = step;
    return true;
  }

  #isSmooth({ sheet }: Computed): boolean {
    const { kernels, objective } = this.cluster;
    if (sheet === undefined || this.#gradient === undefined) return true;
    const { vector } = this.#gradient;
    const growth = Math.sqrt(kernels.vectors.squaredDistance(sheet.vector, vector, objective.dimension));
    return this.#filter.accepts(growth / this.#stride);
  }

  #drop({ sheet }: Computed): void {
    this.cluster.sheets.release(sheet);
    this.#state = 'pulling';
    this.#refuse();
  }

  #refuse(): void {
    this.#refused += 1;
    if (!this.#alarm.on) this.#askAgain();
  }

  /** A server's model after a gather, which all are sent. */
  #sent(letter: Letter): Outcome {
    const { step } = letter;
    const outcome = this.#models.add(letter);
    if (this.#models.count(step) >= this.terms.servers.quorum) this.#gathered = Math.max(this.#gathered, step);
    if (this.#state !== 'computing' && this.#gathered > this.#step) this.#catchUp();
    else if (this.#state === 'gathering') this.#agree();
    return outcome;
  }

  /** Servers have gathered since the step whose models it waits for: it goes on from there. */
  #catchUp(): void {
    this.#alarm.cancel();
    this.#patience.reset();
    this.#step = this.#gathered;
    this.#gather();
  }

  #gather(): void {
    this.#state = 'gathering';
    this.#agree();
  }

  /** Goes on with what the rule makes of all servers' models, once they are there. */
  #agree(): void {
    const { cluster, node } = this;
    if (!this.#patience.suffices(this.#models.count(this.#step), () => this.#agree())) return;
    cluster.agree(node, cluster.fromServers(node, this.#models.first(this.#step)), this.#model);
    this.#models.close(this.#step + 1);
    this.#goOn();
  }
}
