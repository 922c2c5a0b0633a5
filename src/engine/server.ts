import type { Called } from '../attacks/attack.js';
import type { Kernels } from '../kernels/kernels.js';
import { plain } from '../kernels/plain/plain-kernels.js';
import type { Vector } from '../kernels/vector.js';
import type { Objective } from '../learning/objective.js';
import type { Update } from '../methods/method.js';
import type { RoundMethod, RoundSamples } from '../methods/round-method.js';
import type { Formula } from '../registry/formula.js';
import type { SimulationTime } from '../scheduler/time.js';
import type { VirtualTimeScheduler } from '../scheduler/virtual-time-scheduler.js';
import type { Aggregator } from '../weighted/aggregator.js';
import { ByzantineSet } from './byzantine-set.js';
import type { SimulationEvent } from './event.js';
import type { Fetched } from './fetched.js';
import type { Gathers } from './gathered.js';
import type { Inbox } from './inbox.js';
import { makeInbox } from './make-inbox.js';
import { FollowedModel } from './followed-model.js';
import { memoryNeeded } from './memory-needed.js';
import { Parts, type WholeMessages } from './part-rows.js';
import type { Plan } from './plan.js';
import { roundContext } from './round-context.js';
import { RoundServer } from './round-server.js';
import { samplesOf } from './sampling.js';
import { Scoring } from './scoring.js';
import { StepAgenda } from './step-agenda.js';
import { WorkerRows } from './worker-rows.js';

/** A run's server: what it holds of its workers' messages, and the model that it moves and scores. */
export abstract class Server {
  /** The model x_t that workers are sent. */
  readonly model: Vector;
  /** Running statistics for evaluation. */
  readonly statistics: Vector;
  readonly inbox: Inbox;
  readonly kernels: Kernels;
  readonly objective: Objective;
  /** d̂_t, the latest aggregate. */
  readonly aggregated: Vector;
  /** Who is Byzantine now. */
  readonly byzantine: ByzantineSet;
  /** Work that is due right after a step. */
  readonly agenda = new StepAgenda();
  /** Server steps so far. */
  steps = 0;
  /** Minibatch gradients that workers were asked for so far. */
  gradients = 0;
  /** ‖d̂_t‖ of the last step; 0 before the first. */
  norm = 0;
  /** Messages, rounds that came to nothing, comings and goings since the last step. */
  idle = 0;
  /** Who was called for the round that is on, where the protocol says so. */
  called: Called | undefined;
  /** Whether the run's end has been reached: nobody is to be sent any more work. */
  done = false;
  /** Numbers that are kept of each worker. */
  protected readonly rows: WorkerRows;
  /** Where workers' samples come from, and gradients on them. */
  readonly samples: RoundSamples & Fetched;
  /** Where messages are cut that have several parts. */
  readonly parts: Parts;
  /** The method's own server, where it works in rounds. */
  readonly roundServer: RoundServer | undefined;
  readonly #update: Update;
  readonly #aggregator: Aggregator;
  /** How far the model moves, if a rule asks. */
  #followed: FollowedModel | undefined;
  readonly #scoring = new Scoring(this);
  /** The learning rate by the script, if it has one by now. */
  #rate: Formula | undefined;

  /** @throws RangeError when the method refuses the starting point. */
  constructor(
    readonly plan: Plan,
    readonly clock: VirtualTimeScheduler,
    protected readonly emit: (event: SimulationEvent) => void,
    gathers: Gathers | undefined,
    watched: boolean,
  ) {
    const { workers, method, weight, random } = plan;
    this.rows = new WorkerRows(workers.length);
    const { members, mostHonest } = (this.byzantine = new ByzantineSet(workers));
    const kernels = (this.kernels = (plan.kernels ?? plain).create(memoryNeeded(plan, gathers).linear));
    const { memory } = kernels;
    const objective = (this.objective = plan.place?.(kernels) ?? plan.objective);
    const { dimension, precision } = objective;
    this.model = memory.vector(precision, dimension);
    this.aggregated = memory.vector(precision, dimension);
    this.statistics = memory.vector(precision, objective.statistics);
    objective.initial(random.fork('model'), this.model);
    objective.initialStatistics(this.statistics);
    this.parts = new Parts(dimension, 'rounds' in method ? method.parts : 1);
    const shape = {
      ...{ byzantine: members, weight, precision, memory },
      dimension: dimension * this.parts.count,
      rows: this.rows,
      immediate: plan.gradients === undefined,
    };
    this.inbox = makeInbox(plan, gathers, watched, shape, mostHonest);
    this.samples = samplesOf(objective, workers, members, plan.attack, random);
    const count = gathers?.rows ?? workers.length;
    this.roundServer = 'rounds' in method ? this.#start(method, count) : undefined;
    this.#update = 'rounds' in method ? this.roundServer!.run : method.update(this.model, precision, kernels);
    if (!this.#update.lr && plan.script?.some(({ kind }) => kind === 'lr'))
      throw new RangeError('the script changes lr, but the method has none that can be changed');
    this.#aggregator = this.roundServer?.aggregate(0) ?? this.#makeAggregator(count, 0);
  }

  /** Virtual time now, in virtual milliseconds. */
  get now(): SimulationTime {
    return this.clock.now();
  }

  /** Whether something is to be done before virtual time goes on: an evaluation, or the end. */
  get busy(): boolean {
    return this.done || this.#scoring.pending;
  }

  /** Says who takes part, and scores the model before anything happens. */
  begin(): void {
    const { workers } = this.plan;
    const byzantine = workers.flatMap((_, i) => (this.byzantine.members[i] === 1 ? [i + 1] : []));
    this.emit({
      kind: 'started',
      time: this.now,
      workers: workers.length,
      byzantine,
      dimension: this.objective.dimension,
    });
    this.measure();
  }

  /** Turns a worker Byzantine, or honest; what arrives from it from now on counts as such. */
  turn(worker: number, byzantine: boolean): void {
    if (this.byzantine.turn(worker, byzantine))
      this.emit({ kind: 'turned', time: this.now, worker: worker + 1, byzantine });
  }

  /** Says who is called for the round that begins. */
  call(workers: readonly number[]): void {
    const { members } = this.byzantine;
    this.called = {
      count: workers.length,
      get liars() {
        return workers.reduce((liars, worker) => liars + members[worker]!, 0);
      },
    };
  }

  /**
   * Begins a round of the method's, if it works in rounds. Returns how many workers are to take part where the method says so;
   * else as many as the protocol does.
   */
  open(): number | undefined {
    return this.roundServer?.run.begin(this.steps + 1).participants;
  }

  /** Says that something happens now because the script wants it so. */
  announce(text: string): void {
    this.emit({ kind: 'scripted', time: this.now, text });
  }

  /** Has the method's learning rate be this formula of t (also called step) from the next step on. */
  followRate(rate: Formula): void {
    this.#rate = rate;
  }

  /** Has the model followed from now on; gives what tells the length of the last step, undefined before the first. */
  followModel(): () => number | undefined {
    const followed = (this.#followed ??= new FollowedModel(this.model, this.objective.precision, this.kernels));
    return () => followed.moved;
  }

  /** d̂_t from these vectors, or from the latest of all workers that have arrived. */
  aggregate(rows: WholeMessages = this.inbox.all): void {
    if (!this.roundServer) {
      this.#aggregator(rows, this.aggregated);
      return;
    }
    const tripped = this.roundServer.combine(rows, this.aggregated);
    if (tripped) this.emit({ kind: 'tripped', time: this.now, step: this.steps + 1, ...tripped });
  }

  /** Both sides of a method in rounds, and its rule for each part of messages. */
  #start(method: RoundMethod, count: number): RoundServer {
    const { plan, parts, kernels } = this;
    const { dimension, precision } = this.objective;
    const run = method.rounds(roundContext(plan, this));
    const aggregators = Array.from({ length: parts.count }, (_, part) => this.#makeAggregator(count, part));
    const tried = plan.attack.kind === 'vector' && plan.attack.knowledge === 'defence';
    const results = tried ? kernels.memory.matrix(precision, parts.count, dimension) : [];
    return new RoundServer(run, parts, count, aggregators, results);
  }

  /** The plan's rule, with streams of its own for each part of messages. */
  #makeAggregator(count: number, part: number): Aggregator {
    const { plan, kernels } = this;
    const { dimension, precision } = this.objective;
    const draws = plan.random.fork(part === 0 ? 'aggregator' : `aggregator/part ${part}`);
    return plan.aggregator({
      ...{ count, dimension, precision, kernels },
      random: (name) => draws.fork(name),
      followModel: () => this.followModel(),
    });
  }

  /** Moves the model by the latest aggregate; measures and ends the run where the plan says so. */
  update(): void {
    const { stop } = this.plan;
    this.steps += 1;
    this.idle = 0;
    if (this.#rate) this.#update.lr![0] = this.#rate({ t: this.steps, step: this.steps });
    this.#followed?.leave();
    this.#update.step(this.steps, this.aggregated, this.model);
    this.#followed?.arrive();
    this.norm = Math.sqrt(this.kernels.vectors.squaredNorm(this.aggregated));
    this.emit({ kind: 'stepped', time: this.now, step: this.steps, norm: this.norm });
    if (this.steps >= this.agenda.next) this.agenda.run(this.steps);
    if (this.#scoring.isDue()) this.measure();
    if (this.steps >= (stop.steps ?? Infinity) || this.gradients >= (stop.gradients ?? Infinity)) this.end();
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
    this.settle();
    const scores = this.#scoring.next();
    const { now: time, steps: step } = this;
    if (scores) this.emit({ kind: 'evaluated', time, step, messages: this.inbox.messages, scores });
    return true;
  }

  /** Waits until the running statistics are those of the model. */
  protected abstract settle(): void;
}
