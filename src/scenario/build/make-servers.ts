import { serverAttacks, type ServerAttackRule } from '../../attacks/servers/index.js';
import {
  isClusterProtocol,
  type ClusterProtocol,
  type Members,
  type Plan,
  type Protocol,
  type ServerPlan,
  type ServersPlan,
} from '../../engine/index.js';
import type { Objective } from '../../learning/objective.js';
import { idsOf } from '../../registry/workers.js';
import { aggregators, operators } from '../../weighted/index.js';
import { ruleChoice } from '../choice.js';
import { Misfit, type Path } from '../misfit.js';
import type { Scenario } from '../schema.js';
import { makeAggregator } from './make-aggregator.js';
import type { Scope } from './make-delays.js';
import { makeBetween, makeWay } from './make-network.js';
import { makePart } from './make-part.js';

/** Keys that mean something only where one server serves all workers, with the reason; `root`: where one alone has the model. */
const oneServerOnly = (scenario: Scenario, root: boolean): readonly (readonly [Path, string])[] => {
  const { policy, timing, workers, script = [], network, method, weights, measure } = scenario;
  const { byzantine } = workers;
  const other = script.findIndex((entry) => !('partition' in entry));
  return [
    ...(policy === undefined ? [] : [[['policy'], 'a policy judges the messages of one server'] as const]),
    ...(timing === undefined || timing.kind === 'none'
      ? []
      : [[['timing'], 'liars hold messages back from one server'] as const]),
    ...(workers.availability === undefined
      ? []
      : [[['workers', 'availability'], 'comings and goings are known of the workers of one server'] as const]),
    ...(typeof byzantine === 'object' && 'kind' in byzantine
      ? [[['workers', 'byzantine'], 'workers turn in a run with one server'] as const]
      : []),
    ...(other < 0 ? [] : [[['script', other], 'only partitions can be scripted'] as const]),
    ...(network?.datagrams === undefined
      ? []
      : [[['network', 'datagrams'], 'fragments are put together by one server'] as const]),
    ...(network?.copies === 'count' ? [[['network', 'copies'], 'a copy of a message counts once'] as const] : []),
    ...(weights === 'uniform' ? [] : [[['weights'], 'each message of a quorum counts once; say uniform'] as const]),
    ...(measure?.timeline === undefined
      ? []
      : [[['measure', 'timeline'], 'a timeline is drawn of the workers of one server'] as const]),
    ...(method.kind === 'mu2-sgd' && !root
      ? [
          [
            ['method'],
            'mu2-sgd keeps an iterate beside the model, on which servers don’t agree; take sgd or momentum',
          ] as const,
        ]
      : []),
  ];
};

/** The servers of a scenario, whose protocol may need some. @throws Misfit that says what doesn't go together. */
export const makeServerMembers = (scenario: Scenario, protocol: Protocol | ClusterProtocol): readonly ServerPlan[] => {
  const { servers } = scenario;
  const name = scenario.protocol.kind;
  if (!isClusterProtocol(protocol)) {
    if (servers) throw new Misfit(['servers'], `${name} has one server; leave "servers" out, or say servers: null`);
    return [];
  }
  const [odd] = oneServerOnly(scenario, protocol.root === true);
  if (odd) throw new Misfit(odd[0], `has no meaning under ${name}: ${odd[1]}`);
  if (!protocol.needsServers) {
    if (servers) throw new Misfit(['servers'], `under ${name} workers are each other’s servers; leave "servers" out`);
    const { network } = scenario;
    if (network?.link)
      throw new Misfit(
        ['network', 'link'],
        `has no meaning under ${name}: it is the link of a server, and there is none`,
      );
    if (network?.between)
      throw new Misfit(
        ['network', 'between'],
        `has no meaning under ${name}: it is between servers, and there are none`,
      );
    return [];
  }
  if (!servers)
    throw new Misfit(
      [],
      `the key "servers" is missing; ${name} needs several, such as servers: { count: 6, byzantine: 1 }`,
    );
  const { count, byzantine } = servers;
  const liars = new Set(
    typeof byzantine === 'number' ? Array.from({ length: byzantine }, (_, i) => count - i) : idsOf(byzantine),
  );
  return Array.from({ length: count }, (_, i) => ({ byzantine: liars.has(i + 1) }));
};

const ruleSchema = ruleChoice(aggregators, operators, 'the rule that combines models');

/** What a run with several servers knows of them. @throws Misfit where the rule on models doesn't fit. */
export const makeServers = async (
  scenario: Scenario,
  protocol: ClusterProtocol,
  crew: Members,
  objective: Objective,
  scope: Scope,
): Promise<Pick<Plan, 'servers' | 'changesUntil'>> => {
  const { servers, network } = scenario;
  const chosen = servers?.aggregator ?? ruleSchema.parse(protocol.modelsRule(crew));
  const { models } = protocol.shape(crew);
  const attack = servers?.attack ?? { kind: 'none' };
  const { carriers, retry, changesUntil } = await makeWay(scenario, undefined, objective, scope);
  const plan: ServersPlan = {
    members: crew.servers,
    attack: await makePart<ServerAttackRule>(serverAttacks, attack, ['servers', 'attack']),
    aggregator: await makeAggregator(chosen, { count: models, equal: true }, ['servers', 'aggregator']),
    root: protocol.root,
    ...(await makeBetween(network, crew.servers.length + Number(protocol.root ?? false), scope)),
    carriers,
    retry,
  };
  return { servers: plan, changesUntil };
};
