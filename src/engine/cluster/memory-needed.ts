import { matrixBytes } from '../../kernels/memory.js';
import { memoryNeeded, type MemoryNeeded } from '../memory-needed.js';
import type { Plan } from '../plan.js';
import type { ClusterShape } from './cluster-protocol.js';
import { serverNodes } from './plan.js';

/** Vectors that a node has under way at a time, unless the protocol says so: of the step that is on, and of those beside it. */
const UNDER_WAY = 4;

/** A replica's model, its aggregate, what its update, its rules and its liars keep beside what these claim by the number of vectors. */
const PER_REPLICA = 12;

/** Sheets in the run's memory: what is usually under way, or kept. */
export const sheetsNeeded = ({ workers, servers }: Plan, { underWay = UNDER_WAY }: ClusterShape): number =>
  underWay * (workers.length + serverNodes(servers!)) + 2;

/**
 * The most bytes that a cluster's arrays take. Each replica has rules of its own, as a run with one server has, and each worker that
 * reads several models has one on them.
 */
export const clusterMemoryNeeded = (plan: Plan, shape: ClusterShape): MemoryNeeded => {
  const { gradients, models, workersAgree, vectors: own = 0 } = shape;
  const { workers, servers, objective } = plan;
  const { members, aggregator, attack } = servers!;
  const { dimension, precision } = objective;
  const replicas = serverNodes(servers!) || workers.length;
  const alone = { ...plan, workers: [], place: undefined, compression: undefined };
  const one = memoryNeeded(alone, { rows: gradients, copies: 0 });
  const agreement = memoryNeeded({ ...alone, aggregator, attack: { kind: 'none' } }, { rows: models, copies: 0 });
  // Liars who try their lies on the rule on models have one, and room for a lie, for each worker that reads them.
  const { attack: lie } = plan;
  const tried = members.length === 0 && lie.kind === 'vector' && lie.knowledge === 'defence' ? replicas : 0;
  const agreements = replicas + tried + (workersAgree ? workers.length : 0);
  const together = memoryNeeded(plan, { rows: gradients, copies: 0 });
  // Edges remember aggregates apart from models, and these have a start of their own.
  const lies = (attack.vectors ?? 0) * members.length * (servers!.root ? 2 : 1) + Number(servers!.root ?? false);
  const vectors = sheetsNeeded(plan, shape) + PER_REPLICA * replicas + lies + workers.length + own + tried;
  return {
    linear:
      together.linear +
      replicas * one.linear +
      agreements * agreement.linear +
      matrixBytes(precision, vectors, dimension),
    heap: together.heap + replicas * one.heap + agreements * agreement.heap,
  };
};
