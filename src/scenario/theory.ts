import type { Plan } from '../engine/plan.js';
import type { Choice } from './choice.js';
import { marinaReport, probabilityOf, type MarinaNumbers, type MarinaRun, type Theory } from './marina-report.js';
import { kappaOf, lengthBoundOf } from './robustness.js';
import type { Scenario } from './schema.js';

/** The method that theorems are known of. */
const MARINA = 'byz-vr-marina-pp';

const numberOr = <Else>(value: unknown, otherwise: Else): number | Else =>
  typeof value === 'number' ? value : otherwise;

const participation = ({ sample, fullSample, clip }: Choice, clients: number) => ({
  sample: numberOr(sample, clients),
  fullSample: numberOr(fullSample, clients),
  clip: numberOr(clip, Infinity),
});

/** What is proved of the run's compressor; of none, unless there is one. */
const compressorOf = ({ compression, objective }: Plan) => {
  if (!compression) return {};
  const { omega, most, density } = compression.constants(objective.dimension);
  return { omega, longest: most, density };
};

/** Keys whose options the theorems know nothing of: all rows, no projection, samples drawn uniformly, of whom all are heard. */
const unforeseen = ({ method, protocol }: Scenario): readonly string[] => {
  const given = (part: Choice, key: string, ...names: readonly string[]): readonly string[] =>
    names.filter((name) => part[name] !== undefined).map((name) => `${key}.${name}`);
  return [
    ...given(method, 'method', 'fullBatch', 'radius'),
    ...given(protocol, 'protocol', 'probability', 'quorum', 'deadline'),
    ...(protocol.among === 'available' ? ['protocol.among'] : []),
  ];
};

/** Rows of the largest share, or those that full gradients are estimated by: what p is by default is made of the same. */
const rowsOf = ({ method }: Scenario, { workers, objective }: Plan): number => {
  if (typeof method.fullBatch === 'number') return method.fullBatch;
  const shares = new Set(workers.map(({ share }) => share));
  return Math.max(...[...shares].map((share) => objective.whole!(share).rows.length));
};

const runOf = (scenario: Scenario, plan: Plan, gap: number | undefined): MarinaRun | undefined => {
  const { method, aggregator, measure } = scenario;
  const { objective, workers } = plan;
  const { dimension } = objective;
  if (!objective.whole || !objective.smoothness) return undefined;
  const honest = workers.filter(({ byzantine }) => !byzantine).map(({ share }) => share);
  // An objective without rows has a sample of one.
  const rows = rowsOf(scenario, plan);
  const batch = Math.max(1, objective.batch().rows.length);
  const size = {
    ...participation(method, workers.length),
    ...compressorOf(plan),
    ...{ clients: workers.length, dimension, batch, rows: rows === 0 ? batch : rows },
  };
  return {
    ...size,
    byzantine: workers.length - honest.length,
    probability: numberOr(method.probability, probabilityOf(size)),
    stepSize: plan.script?.some(({ kind }) => kind === 'lr') ? undefined : numberOr(method.lr, undefined),
    average: method.average === true,
    smoothness: objective.smoothness(),
    strongConvexity: objective.strongConvexity?.() ?? 0,
    alike: new Set(honest).size === 1,
    unforeseen: unforeseen(scenario),
    gap: gap !== undefined && gap > 0 && gap < Infinity ? gap : undefined,
    kappa: (count, byzantine) => kappaOf(aggregator, count, byzantine),
    lengthBound: (count) => lengthBoundOf(aggregator, count, dimension),
    delta: measure?.theory?.delta,
    c: measure?.theory?.c,
  };
};

/**
 * What theory says of a run, where there is some for its method; `gap` is f(x⁰) − f*, where that was measured. Who is Byzantine is
 * who is at first.
 */
export const theoryOf = (scenario: Scenario, plan: Plan, gap?: number): Theory<MarinaNumbers | object> | undefined => {
  const kind: string = scenario.method.kind;
  if (kind !== MARINA) return undefined;
  const run = runOf(scenario, plan, gap);
  if (run) return marinaReport(run);
  const { kind: model } = scenario.learn.model;
  return {
    lines: [`the smoothness of the model ${model} isn’t known, so its theorems give no numbers`],
    numbers: {},
  };
};
