import { tryRounds, type Plan } from '../../engine/index.js';
import { newVector } from '../../kernels/vector.js';
import type { Objective } from '../../learning/objective.js';
import { methods, type Method, type RoundMethod } from '../../methods/index.js';
import type { Random } from '../../random/random.js';
import { fitting, Misfit } from '../misfit.js';
import type { Scenario } from '../schema.js';
import { makePart } from './make-part.js';

const path = ['method'];

/** Refuses what a method in rounds can't work with. */
const requireRounds = (
  { method: { kind: name }, protocol: { kind, late, participants }, policy }: Scenario,
  method: RoundMethod,
  protocol: { readonly rounds?: boolean },
): void => {
  if (!protocol.rounds) {
    throw new Misfit(
      ['protocol'],
      late === 'use'
        ? `${name} works in rounds, of which each has its own messages, so late ones can’t be used; say late: drop`
        : `${name} works in rounds, and ${kind} has none; say protocol: synchronous`,
    );
  }
  if (policy)
    throw new Misfit(
      ['policy'],
      `${policy.kind} judges gradients one by one, and a message of ${name} isn’t one; leave "policy" out`,
    );
  if (participants !== undefined && method.participants)
    throw new Misfit(
      ['protocol', 'participants'],
      `${name} says itself how many take part in a round, by its sample and fullSample; leave "participants" out`,
    );
};

/** Makes the method, if it can begin at the objective's starting point. */
export const makeMethod = async (
  scenario: Scenario,
  objective: Objective,
  protocol: { readonly rounds?: boolean },
  random: Random,
): Promise<Method | RoundMethod> => {
  const method = await makePart<Method | RoundMethod>(methods, scenario.method, path);
  if ('rounds' in method) {
    requireRounds(scenario, method, protocol);
    return method;
  }
  const start = newVector(objective.precision, objective.dimension);
  objective.initial(random.fork('model'), start);
  fitting(path, () => method.update(start, objective.precision));
  return method;
};

/** Refuses a rule that follows what the method doesn't tell, and a method in rounds that can't work in the run. */
export const requireStart = (plan: Plan): void => {
  const { method, aggregator } = plan;
  if (aggregator.followsDeviation && !('rounds' in method && method.tellsDeviation))
    throw new Misfit(
      ['aggregator', 'threshold'],
      'method found, but this method tells nothing of how far gradients stray; give a number, or take the method dynabro',
    );
  if ('rounds' in method) fitting(path, () => tryRounds(method, plan));
};
