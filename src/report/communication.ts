import { arrivedReasons } from '../engine/event.js';
import { type JsonNumber, jsonNumber } from './json-number.js';
import type { Reader } from './reader.js';
import type { Traffic } from './traffic.js';

/** What a server step takes, in the mean over a run; `null` before the first step. */
export interface Communication {
  /** Messages in the longest chain, each sent because of the one before, that led to the last step, by steps: 2 where all wait for all. */
  readonly roundsPerStep: JsonNumber;
  readonly messagesPerStep: JsonNumber;
  /** Present if sizes are known. */
  readonly bytesPerStep?: JsonNumber;
  /** Of a run with a clock: virtual milliseconds; steps, and minibatch gradients that were received and used, per virtual second. */
  readonly timePerStepMs?: JsonNumber;
  readonly stepsPerSecond?: JsonNumber;
  readonly gradientsPerSecond?: JsonNumber;
}

/** What has led to the last step, and what was used. */
export interface Causes {
  /** Messages in the longest chain that led to the last step. */
  readonly rounds: number;
  /** Minibatch gradients in the messages that were received and used. */
  readonly gradients: number;
}

export interface CausesState extends Causes {
  /** Whether there may be several servers. */
  readonly several: boolean;
  /** The longest chain that led to what the server knows. */
  readonly server: number;
  /** Of each worker, from 0: the version of its latest model, −1 before the first, the longest chain that led to its being there, and what its message costs. */
  readonly versions: readonly JsonNumber[];
  readonly depths: readonly number[];
  readonly costs: readonly number[];
}

/**
 * Follows chains of messages: a model that is sent makes the chain of what its server knows longer by one, for its worker, and a
 * message that is used makes its worker's longer by one, for the server. A message that is counted once more, after its worker was
 * sent another model, adds nothing. Several servers say by themselves how long their chains are.
 */
export const causes = (from?: CausesState): Reader<Causes, CausesState> => {
  let [rounds, gradients, server] = [from?.rounds ?? 0, from?.gradients ?? 0, from?.server ?? 0];
  let several = from?.several ?? false;
  const versions = [...(from?.versions ?? [])];
  const depths = [...(from?.depths ?? [])];
  const costs = [...(from?.costs ?? [])];
  const widen = (workers: number): void => {
    while (versions.length < workers) {
      versions.push(-1);
      depths.push(0);
      costs.push(1);
    }
  };
  const receive = (worker: number, version: JsonNumber): void => {
    if (!several && versions[worker] !== version) return;
    server = Math.max(server, depths[worker]! + 1);
    gradients += costs[worker]!;
  };
  return {
    update: (event) => {
      if (event.kind === 'started') {
        several ||= event.servers !== undefined;
        widen(event.workers);
      } else if (event.kind === 'assigned') {
        widen(event.worker);
        versions[event.worker - 1] = jsonNumber(event.version);
        depths[event.worker - 1] = server + 1;
        costs[event.worker - 1] = event.gradients ?? 1;
      } else if (event.kind === 'received') {
        widen(event.worker);
        receive(event.worker - 1, jsonNumber(event.version));
      } else if (event.kind === 'stepped') rounds = event.rounds ?? server;
    },
    result: () => ({ rounds, gradients }),
    state: () => ({
      ...{ rounds, gradients, several, server },
      ...{ versions: [...versions], depths: [...depths], costs: [...costs] },
    }),
  };
};

/** Messages that were sent: among several servers all of them, else models sent and messages that reached the server. */
const messagesIn = ({ models, messages, dropped, posted }: Traffic): number =>
  posted ?? arrivedReasons.reduce((sum, reason) => sum + (dropped[reason] ?? 0), models + messages);

/** What a step took in the mean; `timeMs`: the run's virtual milliseconds, where it has a clock. */
export const communicationOf = (
  { rounds, gradients }: Causes,
  traffic: Traffic,
  steps: number,
  timeMs: number | undefined,
): Communication => {
  const perStep = (total: number): JsonNumber => jsonNumber(total / steps);
  const { bytesDown, bytesUp, bytesBetween = 0 } = traffic;
  const perSecond = (total: number): JsonNumber => jsonNumber((1000 * total) / timeMs!);
  return {
    roundsPerStep: perStep(rounds),
    messagesPerStep: perStep(messagesIn(traffic)),
    ...(bytesDown !== undefined &&
      bytesUp !== undefined && { bytesPerStep: perStep(bytesDown + bytesUp + bytesBetween) }),
    ...(timeMs !== undefined && {
      timePerStepMs: perStep(timeMs),
      stepsPerSecond: perSecond(steps),
      gradientsPerSecond: perSecond(gradients),
    }),
  };
};
