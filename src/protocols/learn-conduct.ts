import {
  Box,
  nodeNames,
  type Cluster,
  type Conduct,
  type Letter,
  type Outcome,
  type Replica,
} from '../engine/index.js';
import type { Vector } from '../kernels/vector.js';
import type { WeightedVectors } from '../weighted/aggregator.js';
import { lackingSentence } from './lacking.js';

/** What a worker waits for; nobody's letters while it computes. */
type Phase = 'computing' | 'gradients' | 'aggregates' | 'models';

/** A worker with a model of its own: what it has of the others' letters, and where in which step (from 0) it is. */
interface Peer {
  readonly replica: Replica;
  readonly gradients: Box;
  /** Of each further exchange of aggregates in a step. */
  readonly aggregates: Box[];
  readonly models: Box;
  step: number;
  phase: Phase;
  /** The exchange of aggregates that it is at. */
  round: number;
  /** What it has of its own of what it waits for; a liar may have no gradient. */
  own: Letter | undefined;
}

/** ⌈log₂ t⌉ for t >= 1. */
export const logarithm = (t: number): number => 32 - Math.clz32(t - 1);

/** LEARN at work in one run: every worker takes every step, in order, when it has a quorum for it. */
export class LearnConduct implements Conduct {
  readonly #peers: readonly Peer[];
  /** Where models that are agreed on are written before they are models. */
  readonly #agreed: Vector;

  constructor(
    readonly cluster: Cluster,
    readonly quorum: number,
    readonly agreement: 'none' | 'log',
  ) {
    const { sheets, replicas, kernels, objective } = cluster;
    this.#agreed = kernels.memory.vector(objective.precision, objective.dimension);
    this.#peers = replicas.map((replica) => ({
      ...{ replica, gradients: new Box(sheets), aggregates: [], models: new Box(sheets) },
      ...{ step: 0, phase: 'computing', round: 0, own: undefined },
    }));
  }

  begin(): void {
    for (const peer of this.#peers) this.#compute(peer);
  }

  deliver(letter: Letter): Outcome {
    const peer = this.#peers[letter.to]!;
    const outcome = this.#boxFor(peer, letter.content, letter.round).add(letter);
    this.#advance(peer);
    return outcome;
  }

  waiting(): string {
    const peer = this.#peers.find(({ replica, phase }) => !replica.byzantine && phase !== 'computing');
    if (peer === undefined) return 'all workers compute';
    const { replica, phase, step, own } = peer;
    const came = this.#boxOf(peer).count(step) + Number(own !== undefined);
    const what = phase === 'computing' ? 'gradients' : phase;
    return lackingSentence(nodeNames(this.#peers.length)([replica.node]), what, step, came, this.quorum);
  }

  /** A worker takes its gradient at its own model: the step begins. */
  #compute(peer: Peer): void {
    const { cluster } = this;
    const { replica, step } = peer;
    peer.phase = 'computing';
    cluster.compute(replica.node, replica.model, step, ({ sheet, loss }) => {
      for (const { replica: other } of this.#peers)
        if (other !== replica) cluster.post(replica.node, other.node, 'gradient', step, sheet, loss);
      peer.own = sheet && cluster.note(replica.node, 'gradient', step, sheet, loss);
      cluster.sheets.release(sheet);
      peer.phase = 'gradients';
      this.#advance(peer);
    });
  }

  /** A worker does all that it has quorums for. */
  #advance(peer: Peer): void {
    while (!this.cluster.done && peer.phase !== 'computing' && this.#goOn(peer));
  }

  #goOn(peer: Peer): boolean {
    const { replica } = peer;
    if (peer.phase === 'models')
      return this.#read(peer, (rows) => replica.agree(rows, this.#agreed)) && this.#agree(peer);
    return this.#read(peer, (rows) => replica.aggregate(rows)) && this.#step(peer);
  }

  /** Hands a worker's quorum to `combine`, its own first, once it is there. */
  #read(peer: Peer, combine: (rows: WeightedVectors) => void): boolean {
    const { cluster, quorum } = this;
    const { replica, step, own } = peer;
    const box = this.#boxOf(peer);
    // A liar that computes nothing has none of its own: of a quorum of all it reads the others'.
    const others = Math.min(own ? quorum - 1 : quorum, this.#peers.length - 1);
    if (box.count(step) < others) return false;
    const first = box.first(step, others);
    combine(cluster.fromWorkers(replica, own ? [own, ...first] : first));
    box.close(step + 1);
    cluster.sheets.release(own?.sheet);
    peer.own = undefined;
    return true;
  }

  /** A worker has aggregated: that is sent round, or it steps and sends its model round. */
  #step(peer: Peer): true {
    const { cluster } = this;
    const { replica, step, phase } = peer;
    const round = phase === 'aggregates' ? peer.round + 1 : 0;
    if (round < this.#rounds(step)) {
      peer.phase = 'aggregates';
      peer.round = round;
      this.#share(peer, 'aggregate', replica.aggregated);
    } else {
      replica.move();
      peer.phase = 'models';
      this.#share(peer, 'model', replica.model);
      cluster.contraction.note(replica.node, step + 1, 'before', peer.own!.sheet!);
    }
    return true;
  }

  /** A worker goes on with the model that was agreed on: the step is over. */
  #agree(peer: Peer): true {
    const { cluster } = this;
    const { replica } = peer;
    replica.adopt(this.#agreed);
    peer.step += 1;
    const sheet = cluster.sheets.copy(replica.model);
    cluster.contraction.note(replica.node, peer.step, 'after', sheet);
    cluster.sheets.release(sheet);
    cluster.stepped(replica);
    if (!cluster.done) this.#compute(peer);
    return true;
  }

  /** A worker sends all others the same, and notes it for itself. */
  #share(peer: Peer, content: 'aggregate' | 'model', vector: Vector): void {
    const { cluster } = this;
    const { replica, step } = peer;
    const round = content === 'aggregate' ? peer.round : 0;
    const sheet = cluster.sheets.copy(vector);
    for (const { replica: other } of this.#peers)
      if (other !== replica) cluster.post(replica.node, other.node, content, step, sheet, NaN, round);
    peer.own = cluster.note(replica.node, content, step, sheet);
    cluster.sheets.release(sheet);
  }

  #rounds(step: number): number {
    return this.agreement === 'log' ? logarithm(step + 1) : 0;
  }

  /** What a worker waits for comes here. */
  #boxOf(peer: Peer): Box {
    const { phase, round } = peer;
    return this.#boxFor(peer, phase === 'models' ? 'model' : phase === 'aggregates' ? 'aggregate' : 'gradient', round);
  }

  #boxFor({ gradients, aggregates, models }: Peer, content: Letter['content'], round: number): Box {
    if (content === 'gradient') return gradients;
    return content === 'model' ? models : (aggregates[round] ??= new Box(this.cluster.sheets));
  }
}
