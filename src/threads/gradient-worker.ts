import { workerData } from 'node:worker_threads';
import { takeGradients } from '../engine/gradients.js';
import { plain, plainKernels, simd, type KernelKind, type Kernels } from '../kernels/index.js';
import { models } from '../learning/index.js';
import type { ObjectiveRule } from '../learning/objective-rule.js';
import type { Objective } from '../learning/objective.js';
import type { ObjectiveSpec } from '../learning/objective-spec.js';
import { copyBatch, slotAt, slotBytes, slotState, type Slot, type SlotShape } from './slot.js';

/** What a thread is started with. */
export interface GradientWorkerData {
  readonly spec: ObjectiveSpec;
  readonly kernels: KernelKind;
  readonly shape: SlotShape;
  /** Two numbers: how often the thread was called on, and whether it is ready (1) or is to end (2). */
  readonly control: SharedArrayBuffer;
  readonly slots: SharedArrayBuffer;
}

const { spec, kernels: kind, shape, control, slots } = workerData as GradientWorkerData;

/** Numbers of a vector of parameters, and of the gradients that are taken at it, and then some. */
const VECTORS = 8;

const objectiveRule = (): ObjectiveRule => {
  const { kind: name, ...options } = spec.model;
  const part = models[name as keyof typeof models];
  return (part.create as (options: unknown) => ObjectiveRule)(options);
};

/** The objective in a memory of this thread's own, with its kernels. */
const build = async (): Promise<{ readonly kernels: Kernels; readonly objective: Objective }> => {
  const rule = objectiveRule();
  const { data, batch } = spec;
  const probe = plainKernels();
  rule({ data, batch, kernels: probe });
  const source = kind === 'simd' ? ((await simd()) ?? plain) : plain;
  const vectors = (VECTORS + shape.gradients) * shape.dimension * 8;
  const kernels = source.create(probe.memory.claimed + vectors + (1 << 20));
  return { kernels, objective: rule({ data, batch, kernels }) };
};

const work = (objective: Objective, { memory }: Kernels): ((slot: Slot) => void) => {
  const { precision, dimension, statistics } = objective;
  const params = memory.vector(precision, dimension);
  const seen = memory.vector(precision, statistics);
  const requests = Array.from({ length: shape.gradients }, () => ({
    ...{
      batch: objective.batch(),
      out: memory.vector(precision, dimension),
      seen: null as typeof seen | null,
      loss: NaN,
    },
  }));
  return (slot) => {
    params.set(slot.params);
    requests.forEach((request, i) => copyBatch(slot.requests[i]!.batch, request.batch));
    requests[0]!.seen = slot.follows[0] === 1 ? seen : null;
    takeGradients(objective, params, requests);
    slot.seen.set(seen);
    requests.forEach((request, i) => {
      slot.requests[i]!.out.set(request.out);
      slot.losses[i] = request.loss;
    });
  };
};

const { objective, kernels } = await build();
const take = work(objective, kernels);
const bytes = slotBytes(shape);
const own = Array.from({ length: slots.byteLength / bytes }, (_, i) => slotAt(shape, slots, i * bytes));
const signal = new Int32Array(control);

/** Takes the gradients of every job that is asked for; false when there was none. */
const takeAll = (): boolean => {
  let any = false;
  for (const slot of own) {
    if (Atomics.load(slot.state, 0) !== slotState.asked) continue;
    any = true;
    let outcome: number = slotState.done;
    try {
      take(slot);
    } catch {
      // Whoever asked takes the gradient itself, and so meets the error.
      outcome = slotState.failed;
    }
    Atomics.store(slot.state, 0, outcome);
    Atomics.notify(slot.state, 0);
  }
  return any;
};

Atomics.compareExchange(signal, 1, 0, 1);
while (Atomics.load(signal, 1) !== 2) {
  const calls = Atomics.load(signal, 0);
  if (!takeAll()) Atomics.wait(signal, 0, calls);
}
