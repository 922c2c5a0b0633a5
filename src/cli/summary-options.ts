import { isClusterProtocol } from '../engine/index.js';
import type { ConditionOptions, SummariseOptions } from '../report/index.js';
import type { Run } from '../scenario/build.js';
import { bytesOf } from '../scenario/build/make-network.js';
import { declaredBound, declaredShare } from '../scenario/declared-bound.js';
import { parseEvery } from '../registry/every.js';
import type { Scenario } from '../scenario/schema.js';

const conditionOf = (scenario: Scenario, { plan, protocol }: Run): ConditionOptions => {
  const { kind, buffers } = scenario.protocol;
  return {
    bound: declaredBound(scenario),
    weight: plan.weight,
    rows: isClusterProtocol(protocol) || protocol.gathers ? 'gathered' : 'latest',
    ...(kind === 'basgd' ? { buffers: buffers as number } : {}),
  };
};

/** What a run's summary looks for. */
export const summaryOptions = (scenario: Scenario, run: Run): SummariseOptions => {
  const { metric } = run.plan.objective;
  const lambda = declaredShare(scenario);
  const vector = bytesOf(scenario.network, run.plan.objective);
  const { warmup } = scenario.measure!;
  return {
    metric,
    condition: conditionOf(scenario, run),
    sizes: { model: vector, message: vector },
    // Workers of several servers have no rounds of download, work and upload one after another.
    timed: run.protocol.timed,
    phased: !isClusterProtocol(run.protocol),
    ...(run.data && { data: run.data }),
    ...(lambda === undefined ? {} : { lambda }),
    ...(warmup === undefined ? {} : { warmUp: parseEvery(warmup)! }),
  };
};
