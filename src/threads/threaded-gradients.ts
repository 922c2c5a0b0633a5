import {
  gradientRequest,
  takeGradients,
  type Gradients,
  type GradientsContext,
  type GradientsRule,
} from '../engine/gradients.js';
import type { Vector } from '../kernels/vector.js';
import type { Batch } from '../learning/objective.js';
import { gradientThread, type GradientThread } from './gradient-threads.js';
import type { ObjectiveSpec } from '../learning/objective-spec.js';
import { copyBatch, slotShape, slotState, type Slot, type SlotShape } from './slot.js';

/** Host milliseconds after which a gradient that another thread owes is taken here instead: it makes no difference to it. */
const PATIENCE = 30_000;

/** A worker's message that isn't made yet. Its model stands where the message is to be written. */
interface Job {
  readonly worker: number;
  batches: readonly Batch[];
  /** Where it is worked on; undefined as long as it waits. */
  slot: Slot | undefined;
  /** The thread that works on it, as long as there is a slot. */
  thread: GradientThread | undefined;
  /** Whether the message is owed. */
  open: boolean;
  /** Its place among those whose statistics are to be blended; -1 for none. */
  follows: number;
}

/**
 * Takes gradients in `threads` threads, this one included: others take what waits, and this one helps whenever it would have
 * to wait itself. Every gradient depends on its model and samples only, and running statistics are blended in the
 * order of asking, so that whatever thread takes them, the run is the same to the last bit. `start` starts one of the others.
 */
export const threadedGradients =
  (threads: number, spec: ObjectiveSpec, start = gradientThread): GradientsRule =>
  (context) =>
    new ThreadedGradients(context, (shape) =>
      Array.from({ length: threads - 1 }, () => start(spec, context.kernels.kind, shape)),
    );

class ThreadedGradients implements Gradients {
  readonly #context: GradientsContext;
  readonly #threads: readonly GradientThread[];
  readonly #jobs: readonly Job[];
  readonly #losses: Float64Array;
  /** Jobs that no thread works on yet, oldest first. */
  readonly #waiting: Job[] = [];
  /** Jobs that a thread works on. */
  readonly #away = new Set<Job>();
  readonly #requests;
  readonly #params: Vector;
  readonly #gradients: Vector[];
  readonly #statistics: StatisticsQueue;

  constructor(context: GradientsContext, start: (shape: SlotShape) => readonly GradientThread[]) {
    const { objective, estimator, kernels, byzantine } = context;
    const { precision, dimension } = objective;
    const { memory } = kernels;
    this.#context = context;
    this.#jobs = Array.from(byzantine, (_, worker) => ({
      worker,
      batches: [],
      slot: undefined,
      thread: undefined,
      open: false,
      follows: -1,
    }));
    this.#losses = new Float64Array(byzantine.length);
    this.#requests = Array.from({ length: estimator.gradients }, () => gradientRequest(objective));
    this.#params = memory.vector(precision, dimension);
    this.#gradients = this.#requests.map((_, i) => memory.vector(precision, i === 0 ? 0 : dimension));
    this.#statistics = new StatisticsQueue(context);
    this.#threads = start(slotShape(objective, estimator.gradients));
  }

  ask(worker: number): void {
    const { estimator, model, outgoing, objective, byzantine, falsehood } = this.#context;
    falsehood?.ask(worker, byzantine[worker] === 1);
    const job = this.#jobs[worker]!;
    job.batches = estimator.draw(worker);
    outgoing(worker).set(model);
    job.open = true;
    if (objective.blend !== undefined && byzantine[worker] === 0) {
      if (this.#statistics.full) this.settle();
      job.follows = this.#statistics.join();
    } else job.follows = -1;
    this.#waiting.push(job);
    this.#dispatch();
  }

  finish(worker: number): number {
    const job = this.#jobs[worker]!;
    this.#collect();
    while (job.open) {
      if (job.slot === undefined) this.#takeHere(job, this.#waiting.indexOf(job));
      else if (this.#waiting.length > 0) this.#takeHere(this.#waiting[0]!, 0);
      else this.#waitFor(job);
      this.#collect();
    }
    this.#dispatch();
    return this.#losses[worker]!;
  }

  settle(): void {
    for (const job of this.#jobs) if (job.open) this.finish(job.worker);
  }

  close(): void {
    for (const thread of this.#threads) thread.close();
  }

  /** Gives waiting jobs to threads that have room. */
  #dispatch(): void {
    for (const thread of this.#threads) {
      for (let slot = thread.free(); slot !== undefined && this.#waiting.length > 0; slot = thread.free()) {
        const job = this.#waiting.shift()!;
        slot.params.set(this.#context.outgoing(job.worker));
        slot.follows[0] = job.follows === -1 ? 0 : 1;
        for (let i = 0; i < job.batches.length; i++) copyBatch(job.batches[i]!, slot.requests[i]!.batch);
        job.slot = slot;
        job.thread = thread;
        this.#away.add(job);
        thread.ask(slot);
      }
    }
  }

  /** Makes the messages of all jobs that threads are done with. */
  #collect(): void {
    for (const job of this.#away) {
      const slot = job.slot!;
      const state = Atomics.load(slot.state, 0);
      if (state === slotState.asked) continue;
      this.#away.delete(job);
      job.slot = undefined;
      if (state === slotState.failed) this.#takeHere(job, -1);
      else this.#takeOver(job, slot);
      Atomics.store(slot.state, 0, slotState.free);
    }
  }

  #takeOver(job: Job, slot: Slot): void {
    const { outgoing } = this.#context;
    this.#gradients[0] = outgoing(job.worker);
    for (let i = 0; i < this.#gradients.length; i++) this.#gradients[i]!.set(slot.requests[i]!.out);
    this.#deliver(job, slot.losses[0]!, slot.seen);
  }

  /** Takes a job's gradients in this thread; `place` is where it waits. */
  #takeHere(job: Job, place: number): void {
    if (place >= 0) this.#waiting.splice(place, 1);
    const { objective, outgoing } = this.#context;
    this.#params.set(outgoing(job.worker));
    this.#gradients[0] = outgoing(job.worker);
    for (let i = 0; i < this.#requests.length; i++) {
      this.#requests[i]!.batch = job.batches[i]!;
      this.#requests[i]!.out = this.#gradients[i]!;
    }
    const { scratch } = this.#statistics;
    this.#requests[0]!.seen = job.follows === -1 ? null : scratch;
    takeGradients(objective, this.#params, this.#requests);
    this.#deliver(job, this.#requests[0]!.loss, scratch);
  }

  #deliver(job: Job, loss: number, seen: Vector): void {
    const { estimator, outgoing, falsehood } = this.#context;
    this.#losses[job.worker] = loss;
    falsehood?.falsify(job.worker, this.#gradients[0]!);
    estimator.message(job.worker, this.#gradients, outgoing(job.worker));
    if (job.follows !== -1) this.#statistics.put(job.follows, seen);
    job.open = false;
  }

  #waitFor(job: Job): void {
    const { state } = job.slot!;
    if (Atomics.wait(state, 0, slotState.asked, PATIENCE) !== 'timed-out') return;
    // Its slots are never used again, since it may still write to them; what it owes is taken here.
    const { thread } = job;
    thread!.abandon();
    for (const owed of this.#away) {
      if (owed.thread !== thread) continue;
      this.#away.delete(owed);
      owed.slot = owed.thread = undefined;
      this.#takeHere(owed, -1);
    }
  }
}

/** Blends what batches say of the running statistics in the order in which they were asked for. */
class StatisticsQueue {
  /** Memory for one batch's statistics. */
  readonly scratch: Vector;
  readonly #blend: (seen: Vector) => void;
  readonly #held: readonly Vector[];
  readonly #there: boolean[];
  #first = 0;
  #next = 0;

  constructor({ objective, statistics, kernels, byzantine }: GradientsContext) {
    const length = objective.blend === undefined ? 0 : objective.statistics;
    const capacity = 4 * byzantine.length;
    this.scratch = kernels.memory.vector(objective.precision, length);
    this.#held = Array.from({ length: capacity }, () => new Float64Array(length));
    this.#there = new Array<boolean>(capacity).fill(false);
    this.#blend = (seen) => objective.blend!(statistics, seen);
  }

  get full(): boolean {
    return this.#next - this.#first === this.#held.length;
  }

  /** Takes the next place in the order. */
  join(): number {
    return this.#next++;
  }

  put(ticket: number, seen: Vector): void {
    const capacity = this.#held.length;
    this.#held[ticket % capacity]!.set(seen);
    this.#there[ticket % capacity] = true;
    while (this.#first < this.#next && this.#there[this.#first % capacity]) {
      this.#blend(this.#held[this.#first % capacity]!);
      this.#there[this.#first % capacity] = false;
      this.#first += 1;
    }
  }
}
