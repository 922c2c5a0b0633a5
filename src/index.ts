/**
 * The public API: build and run scenarios, or put together a run from rules, attacks, methods, delays and protocols of
 * your own.
 */
export {
  DeadlockError,
  journeys,
  retryWaits,
  simulate,
  World,
  type AssignedEvent,
  type Carrier,
  type CarrierRule,
  type EvaluatedEvent,
  type FinishedEvent,
  type Intervention,
  type MeasureEvery,
  type Message,
  type Plan,
  type Policy,
  type PolicyContext,
  type PolicyRule,
  type Protocol,
  type ReceivedEvent,
  type Serving,
  type SimulationEvent,
  type StartedEvent,
  type SteppedEvent,
  type Stop,
  type TransportContext,
  type TransportRule,
  type Verdict,
  type WeightRule,
  type WorkerPlan,
} from './engine/index.js';
export {
  compressors,
  identity,
  l2Quantization,
  randK,
  sign,
  topK,
  type Compressor,
  type CompressorConstants,
  type CompressorRule,
  type CompressorShape,
  type TopKOptions,
} from './compressors/index.js';
export { networkRules, sharedLink, type NetworkRule, type SharedLinkOptions } from './carriers/index.js';
export { bernoulli, periodic, switchings, type Switching } from './switching/index.js';
export {
  attacks,
  type Attack,
  type AttackRule,
  type AttackView,
  type Poisoned,
  type PoisonRule,
  type Sample,
  type Defence,
  type Falsehood,
  type FalsehoodContext,
  type Progress,
  type Silence,
} from './attacks/index.js';
export {
  plain,
  simd,
  type KernelKind,
  type Kernels,
  type KernelSource,
  type Memory,
  type VectorKernels,
} from './kernels/index.js';
export { datasets, partitions, type DatasetRule, type Partition } from './learning/data/index.js';
export type { Dataset, Examples, Rows } from './learning/dataset.js';
export { models } from './learning/index.js';
export type { Batch, GradientRequest, Objective, Scores, Share } from './learning/objective.js';
export type { ObjectiveRule } from './learning/objective-rule.js';
export {
  byzVrMarina,
  compressed,
  dynaBro,
  methods,
  momentum,
  mu2Sgd,
  sgd,
  type Compression,
  type Estimator,
  type Method,
  type RoundContext,
  type RoundMessages,
  type RoundMethod,
  type RoundRun,
  type RoundSamples,
  type Samples,
  type Update,
} from './methods/index.js';
export {
  instantLink,
  markov,
  withBandwidth,
  type Bandwidth,
  type Delay,
  type Link,
  type MarkovOptions,
} from './network/index.js';
export {
  aflGuard,
  fedAsync,
  kardam,
  policies,
  throttle,
  zenoPlusPlus,
  type AflGuardOptions,
  type FedAsyncOptions,
  type KardamOptions,
  type ThrottleOptions,
  type ZenoPlusPlusOptions,
} from './policies/index.js';
export { asynchronous, protocols, type AsynchronousOptions } from './protocols/index.js';
export * as random from './random/index.js';
export type { Distribution, Random } from './random/index.js';
export {
  figureSpec,
  figureSvg,
  measurements,
  readWith,
  summarise,
  summaryTable,
  traceHash,
  type Measurement,
  type Summary,
} from './report/index.js';
export type { Gradients, GradientsContext, GradientsRule } from './engine/gradients.js';
export type { ObjectiveSpec } from './learning/objective-spec.js';
export { buildRun, type Run } from './scenario/build.js';
export { catalogue } from './scenario/catalogue.js';
export { configHash } from './scenario/config-hash.js';
export { Misfit } from './scenario/misfit.js';
export { defineScenario, runScenario } from './scenario/run-scenario.js';
export { resolveScenario } from './scenario/resolve.js';
export type { NetworkInput, PartInput, RuleInput, ScenarioInput } from './scenario/scenario-input.js';
export type { Scenario } from './scenario/schema.js';
export type { Surroundings, Threads } from './scenario/surroundings.js';
export { OutOfRangeError } from './registry/out-of-range-error.js';
export type { Formula, FormulaOption } from './registry/formula.js';
export type { Part } from './registry/part.js';
export type { SimulationTime } from './scheduler/time.js';
export { flatOut, realTime, sliced, type Pace, type Steppable } from './scheduler/pace.js';
export { VirtualTimeScheduler } from './scheduler/virtual-time-scheduler.js';
export { StalledError } from './scheduler/stalled-error.js';
export {
  aggregators,
  aksel,
  bulyan,
  centeredClipping,
  cge,
  clipping,
  ctma,
  fromAffine,
  geometricMedian,
  krum,
  mda,
  meanAroundMedian,
  monna,
  multiKrum,
  nnm,
  phocas,
  smea,
  trimmedMean,
  type AffineRule,
  type PairwiseDistances,
  operators,
  weightedMean,
  weightedMedian,
  weiszfeld,
  type Aggregator,
  type AggregatorOperator,
  newVector,
  type AggregatorRule,
  type Precision,
  type ReadonlyVector,
  type Shape,
  type Vector,
  type WeightedVectors,
} from './weighted/index.js';
