import type { Vector } from '../../kernels/vector.js';
import type { Method } from '../../methods/method.js';
import type { Delay } from '../../network/link.js';
import type { Random } from '../../random/random.js';
import type { Content } from '../event.js';
import { falsehoodOf } from '../falsehood-of.js';
import { immediateGradients, type Gradients } from '../gradients.js';
import { estimatorOf } from '../message-maker.js';
import { MessageSizes } from '../message-sizes.js';
import { checked } from '../rounds.js';
import { samplesOf } from '../sampling.js';
import { WorkerRows } from '../worker-rows.js';
import type { Cluster } from './cluster.js';
import type { Sheet } from './letter.js';

/** Bytes of a request for a model. */
const REQUEST_BYTES = 8;

/** What a worker has computed, or would have if it were honest. */
export interface Computed {
  /** undefined where nobody needs to know what the worker, which is Byzantine, computes. */
  readonly sheet: Sheet | undefined;
  readonly loss: number;
}

/** Workers at work: each message is made at the model that its worker has, on samples of its own. Workers are numbered from 0. */
export class Computing {
  /** Bytes of messages and models. */
  readonly sizes: MessageSizes;
  /** Minibatch gradients in a message. */
  readonly cost: number;
  readonly #point: Vector;
  readonly #gradients: Gradients;
  readonly #delays: readonly { readonly delay: Delay; readonly stream: Random }[];
  #out: Vector;

  constructor(readonly cluster: Cluster) {
    const { plan, kernels, objective, byzantine, statistics } = cluster;
    const { workers, random, attack } = plan;
    const { dimension, precision } = objective;
    this.#point = kernels.memory.vector(precision, dimension);
    this.#out = this.#point;
    const samples = samplesOf(objective, workers, byzantine.members, attack, random);
    const estimator = estimatorOf(plan.method as Method, { plan, objective, kernels, samples });
    const rows = new WorkerRows(workers.length);
    this.#gradients = immediateGradients({
      ...{ objective, estimator, kernels, model: this.#point, statistics, rows },
      outgoing: () => this.#out,
      byzantine: byzantine.members,
      falsehood: falsehoodOf(plan, dimension),
    });
    rows.seal();
    this.cost = estimator.gradients;
    this.sizes = new MessageSizes(plan, estimator, objective, () => undefined);
    this.#delays = workers.map(({ link: { compute } }, worker) => {
      const stream = random.fork(`worker ${worker + 1}/compute`);
      return { delay: compute.start?.(stream) ?? compute, stream };
    });
  }

  /** Bytes of what a node (from 0, workers first) sends. */
  bytesOf(from: number, content: Content): number {
    if (content === 'request') return REQUEST_BYTES;
    return content === 'gradient' && from < this.cluster.plan.workers.length ? this.sizes.of(from) : this.sizes.usual;
  }

  /** What a worker computes at a model: its inputs are settled now. */
  at(worker: number, model: Vector): Computed {
    if (!this.#computes(worker)) return { sheet: undefined, loss: NaN };
    const sheet = this.cluster.sheets.take();
    this.#point.set(model);
    this.#out = sheet.vector;
    this.#gradients.ask(worker);
    return { sheet, loss: this.#gradients.finish(worker) };
  }

  /** How long it takes, in virtual milliseconds. @throws OutOfRangeError when that is negative or infinite. */
  draw(worker: number): number {
    const { delay, stream } = this.#delays[worker]!;
    return checked(delay.sample(stream, this.cluster.now));
  }

  #computes(worker: number): boolean {
    const { attack } = this.cluster.plan;
    const honest = this.cluster.byzantine.members[worker] === 0;
    return honest || attack.kind !== 'vector' || attack.needsOwn || this.sizes.needMessages;
  }
}
