import { Datagrams } from './datagrams.js';
import type { Server } from './server.js';

/** What becomes of the messages of a server's run that go by datagrams; undefined where none do. */
export const makeDatagrams = ({ plan, objective, kernels, parts, roundServer }: Server): Datagrams | undefined =>
  plan.datagrams &&
  new Datagrams(plan.datagrams, plan, {
    dimension: objective.dimension,
    precision: objective.precision,
    memory: kernels.memory,
    parts: parts.count,
    used: () => roundServer?.run.parts ?? 1,
  });
