import { delay, drop, networkRules, partition, sharedLink, type NetworkRule } from '../../carriers/index.js';
import {
  retryWaits,
  type CarrierRule,
  type Plan,
  type Protocol,
  type Retry,
  type ServersPlan,
  type WorkerPlan,
} from '../../engine/index.js';
import type { Objective } from '../../learning/objective.js';
import { messageBytes, transmission, withBandwidth, type Delay, type Link } from '../../network/index.js';
import { parseDuration, parseInstant } from '../../registry/duration.js';
import type { Registered } from '../../registry/part.js';
import type { Choice } from '../choice.js';
import { compileDelay } from '../delay.js';
import { compileFormula } from '../formula.js';
import { fitting, fittingAsync, Misfit, type Path } from '../misfit.js';
import { delayVariables, type Scenario } from '../schema.js';
import { allDelaysOf, withDelays, type Scope, type Variables } from './make-delays.js';
import { makePart } from './make-part.js';

type Network = NonNullable<Scenario['network']>;

/** What a model or an uncompressed message takes on the network, in bytes. */
export const bytesOf = (network: Scenario['network'], { dimension, precision }: Objective): number =>
  network?.messageBytes ?? messageBytes(dimension, precision);

/** Bytes per virtual second of each worker in one direction. */
const makeBandwidth = async (
  { bandwidth }: Network,
  direction: 'up' | 'down',
  all: readonly Variables[],
): Promise<readonly number[]> => {
  const text = bandwidth?.[direction] as number | string | undefined;
  if (text === undefined) return all.map(() => Infinity);
  const path = ['network', 'bandwidth', direction];
  const formula = await fittingAsync(path, () => compileFormula(text, { variables: delayVariables }));
  return all.map((variables, i) => {
    const value = formula(variables);
    if (value > 0 && value < Infinity) return value;
    throw new Misfit(path, `is ${value} for worker ${i + 1}; a bandwidth must be finite and > 0`);
  });
};

/**
 * The links of a scenario with the time that models take at each worker's bandwidth, and its bandwidth for messages; with several
 * servers its bandwidth for models too, which queue then.
 */
export const limitLinks = async (
  { network }: Scenario,
  links: readonly Link[],
  objective: Objective,
  { variables }: Scope,
  several = false,
): Promise<readonly Pick<WorkerPlan, 'link' | 'up' | 'down'>[]> => {
  if (!network?.bandwidth) return links.map((link) => ({ link }));
  const bytes = bytesOf(network, objective);
  const [up, down] = [await makeBandwidth(network, 'up', variables), await makeBandwidth(network, 'down', variables)];
  return links.map((link, i) => ({
    // Messages may differ in size, so that their time is known in the run only.
    link: several ? link : withBandwidth(link, bytes, { up: Infinity, down: down[i]! }),
    ...(up[i]! < Infinity && { up: up[i]! }),
    ...(several && down[i]! < Infinity && { down: down[i]! }),
  }));
};

const makeLink = async (network: Network, objective: Objective, scope: Scope): Promise<readonly CarrierRule[]> => {
  if (!network.link) return [];
  const { capacity, service, phase, duplex } = network.link;
  const span = transmission(bytesOf(network, objective), capacity ?? Infinity);
  const fixed: Delay = { sample: () => span };
  const delays =
    service === undefined ? () => fixed : await allDelaysOf(service, scope, ['network', 'link', 'service']);
  return [sharedLink({ service: delays, capacity, phase, duplex })];
};

/** Makes the rule that a scenario lists, delays compiled. */
const makeRule = async (chosen: Choice, scope: Scope, path: Path): Promise<NetworkRule> => {
  const part: Registered<NetworkRule> = networkRules[chosen.kind as keyof typeof networkRules];
  const compiled = await withDelays(part, chosen, scope, path, allDelaysOf);
  const rule = await makePart<NetworkRule>(networkRules, compiled, path);
  fitting(path, () => rule.check(scope.variables.length));
  return rule;
};

/** The rules as carriers. Each draws from streams called after its kind and its place among those of its kind. */
const makeRules = async (
  { rules = [] }: Pick<Network, 'rules'>,
  scope: Scope,
  at: Path = ['network'],
): Promise<readonly CarrierRule[]> => {
  const seen = new Map<string, number>();
  const carriers: CarrierRule[] = [];
  for (const [i, chosen] of rules.entries()) {
    const place = (seen.get(chosen.kind) ?? 0) + 1;
    seen.set(chosen.kind, place);
    const rule = await makeRule(chosen, scope, [...at, 'rules', i]);
    carriers.push((context) => rule.carrier(context, `network/${chosen.kind} ${place}`));
  }
  return carriers;
};

/** The partitions of the script, in the order in which they begin. */
const makeScripted = ({ script = [], workers }: Scenario): readonly CarrierRule[] =>
  script
    .flatMap((entry, i) => ('partition' in entry ? [{ ...entry, i, from: parseDuration(entry.at)! }] : []))
    .sort((a, b) => a.from - b.from)
    .map(({ i, partition: set, from, for: span, meanwhile }) => {
      const window = { from: `${from}ms`, until: `${from + parseDuration(span)!}ms` };
      return fitting(['script', i], () => {
        const rule = partition({ partition: set, meanwhile, ...window });
        rule.check(workers.count);
        return (context) => rule.carrier(context, 'script');
      });
    });

/** When the last of the windows of rules and scripted partitions opens or closes. */
const lastChange = ({ network, script = [] }: Scenario): number =>
  Math.max(
    0,
    ...[...(network?.rules ?? []), ...(network?.between?.rules ?? [])].flatMap(({ from, until }) =>
      [from, until].map((instant) => (instant === undefined ? 0 : parseInstant(instant as number | string)!)),
    ),
    ...script.flatMap((entry) => ('partition' in entry ? [parseDuration(entry.at)! + parseDuration(entry.for)!] : [])),
  );

const makeRetry = ({ retry }: Network): Retry | undefined =>
  retry && fitting(['network', 'retry'], () => retryWaits({ ...retry, timeout: parseDuration(retry.timeout)! }));

const copiesOf = ({ copies, rules }: Network, protocol: Protocol | undefined, policed: boolean): Plan['copies'] => {
  if (copies === 'count' && policed)
    throw new Misfit(
      ['network', 'copies'],
      'a policy judges each message once, so a copy can’t be counted; say "copies: drop"',
    );
  if (copies === 'count' && !protocol?.takesCopies)
    throw new Misfit(
      ['network', 'copies'],
      'this protocol takes one message of a worker at a time, so a copy can’t be counted; say "copies: drop"',
    );
  return rules?.some(({ kind }) => kind === 'duplicate') ? (copies ?? 'drop') : undefined;
};

/** What is in the way of models and messages besides delays. */
export interface Way {
  readonly carriers: readonly CarrierRule[];
  readonly retry?: Retry | undefined;
  readonly copies?: Plan['copies'];
  readonly changesUntil?: Plan['changesUntil'];
}

/**
 * What stands between the server and the workers. The link comes first: what is lost or held on its way from the server has
 * passed it. `protocol` is that of a run with one server.
 */
export const makeWay = async (
  scenario: Scenario,
  protocol: Protocol | undefined,
  objective: Objective,
  scope: Scope,
): Promise<Way> => {
  const { network, policy } = scenario;
  if (!network) return { carriers: [] };
  const { jitter, loss } = network;
  const carriers = [
    ...(await makeLink(network, objective, scope)),
    ...(await makeRules(network, scope)),
    ...makeScripted(scenario),
  ];
  if (jitter !== undefined) {
    const rule = delay({ delay: await allDelaysOf(jitter, scope, ['network', 'jitter']) });
    carriers.push((context) => rule.carrier(context, 'network/jitter'));
  }
  if (loss !== undefined) carriers.push((context) => drop({ drop: loss }).carrier(context, 'network/loss'));
  const changesUntil = lastChange(scenario);
  return {
    carriers,
    changesUntil,
    retry: makeRetry(network),
    copies: copiesOf(network, protocol, policy !== undefined),
  };
};

/** What is between so many servers. */
export const makeBetween = async (
  network: Scenario['network'],
  servers: number,
  { directory }: Scope,
): Promise<Pick<ServersPlan, 'between' | 'line' | 'carriersBetween'>> => {
  const { delay: text = 0, bandwidth: rate, loss, rules } = network?.between ?? {};
  const path = ['network', 'between'];
  const delayOf = await fittingAsync([...path, 'delay'], () => compileDelay(text, [], directory));
  const between = fitting([...path, 'delay'], () => delayOf({}));
  // What rules are made of may name a server's number, and nothing else of it.
  const variables = Array.from({ length: servers }, (_, i) => ({ id: i + 1, group: servers, byzantine: 0, speed: 1 }));
  const place = (rules ?? []).findIndex((rule) => 'phase' in rule && rule.phase === 'download');
  if (place >= 0)
    throw new Misfit(
      [...path, 'rules', place, 'phase'],
      '"download" found; all that servers send each other is an upload of its sender',
    );
  const carriersBetween = [...(await makeRules({ rules }, { variables, directory }, path))];
  if (loss !== undefined) carriersBetween.push((context) => drop({ drop: loss }).carrier(context, 'network/loss'));
  return { between, line: rate === undefined ? {} : { up: rate, down: rate }, carriersBetween };
};
