import { Worker } from 'node:worker_threads';
import type { KernelKind } from '../kernels/index.js';
import type { GradientWorkerData } from './gradient-worker.js';
import type { ObjectiveSpec } from '../learning/objective-spec.js';
import { slotAt, slotBytes, slotState, type Slot, type SlotShape } from './slot.js';

/** Jobs that a thread has at once: one that it works on, and one that waits, so that it never has to. */
const SLOTS = 2;

/** A thread that takes gradients, as the one that asks sees it. */
export interface GradientThread {
  /** A job that can be filled now; undefined while the thread isn't ready or has enough to do. */
  free(): Slot | undefined;
  /** Has a filled job worked on. */
  ask(slot: Slot): void;
  /** Does without the thread from now on: it doesn't answer. */
  abandon(): void;
  close(): void;
}

/** Starts a thread. It is ready some tenths of a second later; an unfinished job doesn't keep the process alive. */
export const gradientThread = (spec: ObjectiveSpec, kernels: KernelKind, shape: SlotShape): GradientThread => {
  const control = new SharedArrayBuffer(8);
  const bytes = slotBytes(shape);
  const slots = new SharedArrayBuffer(SLOTS * bytes);
  const signal = new Int32Array(control);
  const jobs = Array.from({ length: SLOTS }, (_, i) => slotAt(shape, slots, i * bytes));
  const workerData: GradientWorkerData = { spec, kernels, shape, control, slots };
  const worker = new Worker(new URL('./gradient-worker.js', import.meta.url), { workerData });
  // A thread that couldn't start, or broke, is done without: the run goes on in the others.
  worker.on('error', () => Atomics.store(signal, 1, 2));
  worker.unref();
  return {
    free: () =>
      Atomics.load(signal, 1) === 1 ? jobs.find(({ state }) => Atomics.load(state, 0) === slotState.free) : undefined,
    ask: ({ state }) => {
      Atomics.store(state, 0, slotState.asked);
      Atomics.add(signal, 0, 1);
      Atomics.notify(signal, 0);
    },
    abandon: () => void Atomics.store(signal, 1, 2),
    close: () => {
      Atomics.store(signal, 1, 2);
      Atomics.add(signal, 0, 1);
      Atomics.notify(signal, 0);
      void worker.terminate();
    },
  };
};
