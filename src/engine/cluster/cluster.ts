import type { Kernels } from '../../kernels/kernels.js';
import { plain } from '../../kernels/plain/plain-kernels.js';
import type { Vector } from '../../kernels/vector.js';
import type { Objective } from '../../learning/objective.js';
import type { Aggregator, WeightedVectors } from '../../weighted/aggregator.js';
import type { SimulationTime } from '../../scheduler/time.js';
import type { VirtualTimeScheduler } from '../../scheduler/virtual-time-scheduler.js';
import { ByzantineSet } from '../byzantine-set.js';
import type { Content, SimulationEvent } from '../event.js';
import type { Plan } from '../plan.js';
import { Scoring } from '../scoring.js';
import { Chains } from './chains.js';
import { ClusterTeller } from './cluster-teller.js';
import { Computing, type Computed } from './computing.js';
import type { ClusterProtocol, Conduct } from './cluster-protocol.js';
import { Contraction } from './contraction.js';
import type { Letter, Sheet } from './letter.js';
import { Liars } from './liars.js';
import { Mail } from './mail.js';
import { clusterMemoryNeeded, sheetsNeeded } from './memory-needed.js';
import { Reading } from './reading.js';
import type { Replica } from './replica.js';
import { makeAgreements, makeReplicas } from './replicas.js';
import { serverNodes } from './plan.js';
import { requireClusterProgress } from './require-progress.js';
import type { Rows } from './rows.js';
import type { Tolerance } from './server-lies.js';
import { Sheets } from './sheets.js';

/**
 * A run's servers and workers in virtual time, where there are several servers, or where workers are each other's. Protocols move it by a few verbs:
 * `post` sends a letter from node to node, `compute` has a worker work, `fromWorkers` and `fromServers` read letters, and replicas
 * aggregate, move and agree. Nodes are numbered from 0, workers first, servers after them; events number them from 1.
 */
export class Cluster {
  readonly kernels: Kernels;
  readonly objective: Objective;
  /** Who of the workers is Byzantine. */
  readonly byzantine: ByzantineSet;
  /** The model x_1 with which all begin. */
  readonly start: Vector;
  /** Running statistics for evaluation, of all honest workers together. */
  readonly statistics: Vector;
  readonly sheets: Sheets;
  /** All that have a model of their own: the servers, after them the root if they serve one, or the workers where there are none. */
  readonly replicas: readonly Replica[];
  /** The root, or the first honest replica: its model is scored, its steps count. */
  readonly reference: Replica;
  readonly contraction: Contraction;
  /** Steps of the reference so far. */
  steps = 0;
  /** Minibatch gradients that workers were asked for so far. */
  gradients = 0;
  /** What workers sent that the reference read; or its servers, where it is a root. */
  messages = 0;
  /** Letters delivered, or lost, since the reference's last step. */
  idle = 0;
  /** Whether the run's end has been reached. */
  done = false;
  readonly #computing: Computing;
  readonly #mail: Mail;
  readonly #reading: Reading;
  readonly #scoring = new Scoring(this);
  /** The rule on models of each worker that reads more than one. */
  readonly #agreements: readonly Aggregator[];
  readonly #teller: ClusterTeller;
  readonly #chains: Chains;
  readonly #liars: Liars;
  readonly #conduct: Conduct;

  constructor(
    readonly plan: Plan,
    readonly clock: VirtualTimeScheduler,
    emit: (event: SimulationEvent) => void,
    protocol: ClusterProtocol,
  ) {
    const { workers, random } = plan;
    const { members } = plan.servers!;
    const shape = protocol.shape({ workers, servers: members });
    const kernels = (this.kernels = (plan.kernels ?? plain).create(clusterMemoryNeeded(plan, shape).linear));
    const objective = (this.objective = plan.place?.(kernels) ?? plan.objective);
    const { dimension, precision } = objective;
    this.byzantine = new ByzantineSet(workers);
    this.start = kernels.memory.vector(precision, dimension);
    this.statistics = kernels.memory.vector(precision, objective.statistics);
    objective.initial(random.fork('model'), this.start);
    objective.initialStatistics(this.statistics);
    this.sheets = new Sheets(kernels.memory, precision, dimension, sheetsNeeded(plan, shape));
    this.replicas = makeReplicas(this, shape);
    this.reference = plan.servers!.root ? this.replicas.at(-1)! : this.replicas.find(({ byzantine }) => !byzantine)!;
    const teller = (this.#teller = new ClusterTeller(this, emit));
    this.contraction = new Contraction(this, (...agreed) => teller.contracted(...agreed));
    this.#agreements = makeAgreements(this, shape);
    this.#computing = new Computing(this);
    this.#reading = new Reading(this);
    this.#mail = new Mail({
      ...{ clock, plan, dimension, precision, posted: emit },
      byzantine: (worker) => this.byzantine.members[worker] === 1,
      delivered: (letter, copy) => this.#arrive(letter, copy),
      lost: ({ sheet }) => {
        this.idle += 1;
        this.sheets.release(sheet);
      },
    });
    this.#chains = new Chains(workers.length + serverNodes(plan.servers!));
    this.#liars = new Liars(this);
    this.#conduct = protocol.conduct(this);
  }

  /** Virtual time now, in virtual milliseconds. */
  get now(): SimulationTime {
    return this.clock.now();
  }

  /** The model that is scored. */
  get model(): Vector {
    return this.reference.model;
  }

  /**
   * Whether something is to be done before virtual time goes on: an evaluation, or the end. The reference's model mustn't move
   * meanwhile: see `afterScoring`.
   */
  get busy(): boolean {
    return this.done || this.#scoring.pending;
  }

  /** Says who takes part, and scores the model before anything happens. */
  begin(): void {
    this.#teller.started();
    this.measure();
  }

  /** Has everybody begin. */
  serve(): void {
    this.#conduct.begin();
  }

  /** Sends a letter from node to node: what is on the sheet is read when the letter is; silent liars send nothing. */
  post(from: number, to: number, content: Content, step: number, sheet?: Sheet, loss = NaN, round = 0): void {
    if (this.done) return;
    const lies = this.#liars.includes(from);
    if (lies && this.#liars.keepsSilent(from, to, step)) return;
    if (sheet) this.sheets.hold(sheet);
    const depth = this.#chains.of(from) + 1;
    const forged = lies && content !== 'request';
    this.#mail.send(
      { from, to, content, step, round, sheet, forged, depth, loss },
      this.#computing.bytesOf(from, content),
    );
  }

  /** A letter that a node writes to itself: nothing is sent, and it doesn't lie to itself. */
  note(node: number, content: Content, step: number, sheet: Sheet, loss = NaN): Letter {
    const letter = { from: node, to: node, content, step, round: 0, loss, depth: this.#chains.of(node) };
    return { ...letter, sheet: this.sheets.hold(sheet), forged: false };
  }

  /**
   * Has a worker compute at a model, which may change from now on; `then` is told what it sends, and holds the sheet. Returns that
   * already, for who has to say at once what will come of it: nobody in the run knows it yet.
   */
  compute(worker: number, model: Vector, step: number, then: (computed: Computed) => void): Computed {
    const computed = this.#computing.at(worker, model);
    const span = this.#computing.draw(worker);
    const { cost } = this.#computing;
    this.gradients += cost;
    this.#teller.assigned(worker, step, span, cost);
    this.clock.schedule(() => {
      if (!this.done) then(computed);
    }, span);
    return computed;
  }

  /** What workers sent a replica; lent until the next reading. */
  fromWorkers(replica: Replica, letters: readonly Letter[]): Rows {
    this.#chains.read(replica.node, letters);
    const rows = this.#reading.fromWorkers(replica, letters);
    const used = replica === this.reference || this.plan.servers!.root ? letters : [];
    for (const letter of used) if (letter.content === 'gradient') this.messages = this.#teller.received(letter);
    return rows;
  }

  /**
   * What servers sent a node, after its own model if it has one; lent until the next reading. `tolerance` is what the
   * reader's filter will let pass, which liars know.
   */
  fromServers(reader: number, letters: readonly Letter[], own?: Vector, tolerance?: Tolerance): Rows {
    this.#chains.read(reader, letters);
    return this.#reading.fromServers(reader, letters, own, tolerance);
  }

  /** A worker's rule on models: to `out`, none of `rows`. */
  agree(worker: number, rows: WeightedVectors, out: Vector): void {
    this.#agreements[worker]!(rows, out);
  }

  /** A node has been told something by a letter that it doesn't read with others. */
  heard(node: number, letter: Letter): void {
    this.#chains.read(node, [letter]);
  }

  /** A replica's step is over: the reference's is the run's. */
  stepped(replica: Replica): void {
    if (replica !== this.reference) return;
    const { stop } = this.plan;
    this.steps = replica.steps;
    this.idle = 0;
    this.#teller.stepped(this.#chains.of(replica.node));
    if (this.#scoring.isDue()) this.measure();
    if (this.steps >= (stop.steps ?? Infinity) || this.gradients >= (stop.gradients ?? Infinity)) this.end();
  }

  /** Has something done once what is pending of scoring is done, since it would move the model: never, at the run's end. */
  afterScoring(then: () => void): void {
    if (!this.done) this.clock.schedule(then, 0);
  }

  /** Asks for the model to be scored before anything else happens. */
  measure(): void {
    this.#scoring.ask();
  }

  /** Ends the run: the model is scored once more, and nothing else happens. */
  end(): void {
    this.done = true;
    this.#scoring.askLast();
  }

  /** Does a slice of a pending evaluation; false when none is pending. */
  evaluate(): boolean {
    if (!this.#scoring.pending) return false;
    const scores = this.#scoring.next();
    const { now: time, steps: step, messages } = this;
    if (scores) this.#teller.emit({ kind: 'evaluated', time, step, messages, scores });
    return true;
  }

  /** @throws DeadlockError when nothing is left to happen but the run's own `timers`, or nothing has come of all that happened for long. */
  requireProgress(timers: number): void {
    requireClusterProgress(this, timers, () => this.#conduct.waiting(), [...this.#liars.silent]);
  }

  #arrive(letter: Letter, copy: boolean): void {
    if (this.done) return;
    this.idle += 1;
    this.#teller.delivered(letter, copy ? 'duplicate' : this.#conduct.deliver(letter));
  }
}
