import type { Silence } from '../../attacks/attack.js';
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
import { Computing, type Computed } from './computing.js';
import type { ClusterProtocol, ClusterShape, Conduct } from './cluster-protocol.js';
import { Contraction } from './contraction.js';
import type { Letter, Sheet } from './letter.js';
import { Mail } from './mail.js';
import { clusterMemoryNeeded, sheetsNeeded } from './memory-needed.js';
import { Reading } from './reading.js';
import { Replica } from './replica.js';
import { serverNodes } from './plan.js';
import { requireClusterProgress } from './require-progress.js';
import type { Rows } from './rows.js';
import type { Tolerance } from './server-lies.js';
import { Sheets } from './sheets.js';

/** Bytes of a request for a model. */
const REQUEST_BYTES = 8;

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
  readonly #counts: Int32Array;
  /** The longest chain of messages that led to what each node knows. */
  readonly #depths: Int32Array;
  readonly #silences: Silence | undefined;
  readonly #silent = new Set<number>();
  readonly #conduct: Conduct;

  constructor(
    readonly plan: Plan,
    readonly clock: VirtualTimeScheduler,
    readonly emit: (event: SimulationEvent) => void,
    protocol: ClusterProtocol,
  ) {
    const { workers, random, attack } = plan;
    const { members } = plan.servers!;
    const nodes = workers.length + serverNodes(plan.servers!);
    const shape = protocol.shape({ workers, servers: members });
    const kernels = (this.kernels = (plan.kernels ?? plain).create(clusterMemoryNeeded(plan, shape).linear));
    const objective = (this.objective = plan.place?.(kernels) ?? plan.objective);
    const { dimension, precision } = objective;
    this.byzantine = new ByzantineSet(workers);
    this.start = kernels.memory.vector(precision, dimension);
    this.statistics = kernels.memory.vector(precision, objective.statistics);
    objective.initial(random.fork('model'), this.start);
    objective.initialStatistics(this.statistics);
    this.sheets = new Sheets(kernels.memory, precision, dimension, sheetsNeeded(plan));
    this.replicas = this.#makeReplicas(shape);
    this.reference = plan.servers!.root ? this.replicas.at(-1)! : this.replicas.find(({ byzantine }) => !byzantine)!;
    this.contraction = new Contraction(this);
    this.#agreements = shape.workersAgree ? workers.map((_, worker) => this.#makeAgreement(worker, shape)) : [];
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
    this.#counts = new Int32Array(workers.length);
    this.#depths = new Int32Array(nodes);
    this.#silences = attack.kind === 'vector' ? attack.silent?.() : undefined;
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
    const { workers, servers } = this.plan;
    const { members } = servers!;
    this.emit({
      ...{ kind: 'started', time: this.now, workers: workers.length, dimension: this.objective.dimension },
      byzantine: workers.flatMap((_, i) => (this.byzantine.members[i] === 1 ? [i + 1] : [])),
      ...{
        servers: members.length,
        byzantineServers: members.flatMap(({ byzantine }, i) => (byzantine ? [i + 1] : [])),
      },
    });
    this.measure();
  }

  /** Has everybody begin. */
  serve(): void {
    this.#conduct.begin();
  }

  /** Sends a letter from node to node: what is on the sheet is read when the letter is; silent liars send nothing. */
  post(from: number, to: number, content: Content, step: number, sheet?: Sheet, loss = NaN, round = 0): void {
    if (this.done) return;
    const forged = this.#forges(from);
    if (forged && this.#keepsSilent(from, to, step)) return;
    if (sheet) this.sheets.hold(sheet);
    const depth = this.#depths[from]! + 1;
    const bytes =
      content === 'request'
        ? REQUEST_BYTES
        : content === 'gradient' && from < this.plan.workers.length
          ? this.#computing.sizes.of(from)
          : this.#computing.sizes.usual;
    const letter = { from, to, content, step, round, sheet, forged: forged && content !== 'request', depth, loss };
    this.#mail.send(letter, bytes);
  }

  /** A letter that a node writes to itself: nothing is sent, and it doesn't lie to itself. */
  note(node: number, content: Content, step: number, sheet: Sheet, loss = NaN): Letter {
    const depth = this.#depths[node]!;
    return {
      from: node,
      to: node,
      content,
      step,
      round: 0,
      sheet: this.sheets.hold(sheet),
      forged: false,
      depth,
      loss,
    };
  }

  /** Sends the same to many nodes. */
  postAll(from: number, to: readonly number[], content: Content, step: number, sheet: Sheet): void {
    for (const node of to) this.post(from, node, content, step, sheet);
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
    const event = { kind: 'assigned', time: this.now, worker: worker + 1, version: step } as const;
    this.emit({ ...event, download: 0, compute: span, upload: 0, ...(cost !== 1 && { gradients: cost }) });
    this.clock.schedule(() => {
      if (!this.done) then(computed);
    }, span);
    return computed;
  }

  /** What workers sent a replica; lent until the next reading. */
  fromWorkers(replica: Replica, letters: readonly Letter[]): Rows {
    this.#learn(replica.node, letters);
    const rows = this.#reading.fromWorkers(replica, letters);
    if (replica === this.reference || this.plan.servers!.root)
      for (const letter of letters) if (letter.content === 'gradient') this.#tell(letter);
    return rows;
  }

  /**
   * What servers sent a node, after its own model if it has one; lent until the next reading. `tolerance` is what the
   * reader's filter will let pass, which liars know.
   */
  fromServers(reader: number, letters: readonly Letter[], own?: Vector, tolerance?: Tolerance): Rows {
    this.#learn(reader, letters);
    return this.#reading.fromServers(reader, letters, own, tolerance);
  }

  /** A worker's rule on models: to `out`, none of `rows`. */
  agree(worker: number, rows: WeightedVectors, out: Vector): void {
    this.#agreements[worker]!(rows, out);
  }

  /** A node has been told something by a letter that it doesn't read with others. */
  heard(node: number, letter: Letter): void {
    this.#learn(node, [letter]);
  }

  /** A replica's step is over: the reference's is the run's. */
  stepped(replica: Replica): void {
    if (replica !== this.reference) return;
    const { stop } = this.plan;
    this.steps = replica.steps;
    this.idle = 0;
    const rounds = this.#depths[replica.node]!;
    this.emit({ kind: 'stepped', time: this.now, step: this.steps, norm: replica.norm, rounds });
    if (this.#scoring.isDue()) this.measure();
    if (this.steps >= (stop.steps ?? Infinity) || this.gradients >= (stop.gradients ?? Infinity)) this.end();
  }

  /** Honest replicas have agreed on their models of a step. */
  tellContraction(step: number, before: number, after: number): void {
    this.emit({ kind: 'contracted', time: this.now, step, before, after });
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
    if (scores) this.emit({ kind: 'evaluated', time, step, messages, scores });
    return true;
  }

  /** @throws DeadlockError when nothing is left to happen but the run's own `timers`, or nothing has come of all that happened for long. */
  requireProgress(timers: number): void {
    requireClusterProgress(this, timers, () => this.#conduct.waiting(), [...this.#silent]);
  }

  #arrive(letter: Letter, copy: boolean): void {
    if (this.done) return;
    this.idle += 1;
    const { from, to, content, step } = letter;
    const outcome = copy ? 'duplicate' : this.#conduct.deliver(letter);
    this.emit({ kind: 'delivered', time: this.now, from: from + 1, to: to + 1, content, step, outcome });
  }

  #tell({ from, step: version, loss }: Letter): void {
    this.messages += 1;
    const count = (this.#counts[from]! += 1);
    const byzantine = this.byzantine.members[from] === 1;
    const staleness = this.reference.steps - version;
    this.emit({ kind: 'received', time: this.now, worker: from + 1, byzantine, version, staleness, count, loss });
  }

  #learn(node: number, letters: readonly Letter[]): void {
    for (const { depth } of letters) this.#depths[node] = Math.max(this.#depths[node]!, depth);
  }

  /** Whether a node lies in what it sends. */
  #forges(node: number): boolean {
    const { workers, attack, servers } = this.plan;
    if (node >= workers.length) return servers!.members[node - workers.length]?.byzantine === true;
    return attack.kind === 'vector' && this.byzantine.members[node] === 1;
  }

  #keepsSilent(from: number, to: number, step: number): boolean {
    const { workers, servers } = this.plan;
    const silences = this.#silences;
    const reader = this.replicas.find(({ node }) => node === to);
    const silent =
      from >= workers.length
        ? servers!.attack.silent?.(step, this.now) === true
        : silences !== undefined && reader?.lies?.silentFor(from, silences) === true;
    if (silent) this.#silent.add(from);
    return silent;
  }

  #makeReplicas({ gradients, models }: ClusterShape): readonly Replica[] {
    const { workers, servers } = this.plan;
    const { members, root = false } = servers!;
    const reads = { gradients, models };
    const last = workers.length + members.length;
    return members.length > 0
      ? [
          ...members.map(
            ({ byzantine }, i) => new Replica(this, workers.length + i, `server ${i + 1}`, byzantine, reads),
          ),
          ...(root ? [new Replica(this, last, 'root', false, reads)] : []),
        ]
      : workers.map(({ byzantine }, i) => new Replica(this, i, `worker ${i + 1}/own`, byzantine, reads));
  }

  #makeAgreement(worker: number, { models }: ClusterShape): Aggregator {
    const { plan, kernels, objective } = this;
    const draws = plan.random.fork(`worker ${worker + 1}/models`);
    return plan.servers!.aggregator({
      ...{ count: models, dimension: objective.dimension, precision: objective.precision, kernels },
      random: (name) => draws.fork(name),
      followModel: () => () => undefined,
    });
  }
}
