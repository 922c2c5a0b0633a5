import type { ArrayNode, FunctionNode, MathNode, SymbolNode } from 'mathjs';
import type { Delay } from '../network/link.js';
import { distributions, type Distribution } from '../random/index.js';
import { clipped } from '../registry/found.js';
import type { Registered } from '../registry/part.js';
import type { Formula } from '../registry/formula.js';
import { delayForms, formNamed, type DelayOf } from './delay-forms.js';
import { compileNode, functionName, parseExpression, type Names } from './formula.js';
import { misfitOf } from './misfit.js';

type Variables = Readonly<Record<string, number>>;

const secondsToMilliseconds = 1000;

type DistributionPart = Registered<Distribution>;

const distributionNames = [
  ...Object.entries<DistributionPart>(distributions).flatMap(([name, { aliases = [] }]) => [name, ...aliases]),
  ...Object.keys(delayForms),
];

const partNamed = (name: string): DistributionPart | undefined => {
  const entries = Object.entries<DistributionPart>(distributions);
  return entries.find(([key, part]) => key === name || part.aliases?.includes(name))?.[1];
};

/** An argument: a number, or a list of numbers, as functions of the worker's variables. */
const compileArgument = (node: MathNode, names: Names): ((v: Variables) => number | number[]) => {
  if (node.type !== 'ArrayNode') return compileNode(node, names);
  const items = (node as ArrayNode).items.map((item) => compileNode(item, names));
  return (v) => items.map((item) => item(v));
};

const distributionOf = (name: string, part: DistributionPart, options: unknown): Distribution => {
  const checked = part.parameters.safeParse(options, { reportInput: true });
  if (checked.success) return part.create(checked.data as never);
  const { path, sentence } = misfitOf(checked.error.issues);
  throw new RangeError(`${name}: ${path.map(String).join('.')}: ${sentence}`);
};

/** `exponential(1 / speed)` as a function from a worker's variables to a distribution, in seconds. */
const compileDistribution = (node: FunctionNode, name: string, part: DistributionPart, names: Names) => {
  const keys = Object.keys(part.parameters.shape);
  const args = node.args.map((arg) => compileArgument(arg, names));
  if (args.length > keys.length)
    throw new RangeError(`${name} takes ${keys.join(', ')}; ${args.length} arguments found`);
  // A delay can't be negative: a normal one is the normal law given that it is not.
  const defaults = keys.includes('min') ? { min: 0 } : {};
  return (v: Variables): Distribution => {
    const given = Object.fromEntries(args.map((arg, i) => [keys[i]!, arg(v)]));
    return distributionOf(name, part, { ...defaults, ...given });
  };
};

const fixed = (text: number | string, seconds: number): Delay => {
  if (!(seconds >= 0 && seconds < Infinity))
    throw new RangeError(`the delay "${clipped(String(text))}" is ${seconds} s; it must be finite and >= 0`);
  const span = seconds * secondsToMilliseconds;
  return { sample: () => span, span };
};

/** What a delay's syntax tree says; `text` is all of it, for messages. */
const compileDelayNode = async (
  node: MathNode,
  text: number | string,
  names: Names,
  directory: string | undefined,
): Promise<DelayOf> => {
  const name = functionName(node);
  const form = name === undefined ? undefined : formNamed(name);
  if (form) {
    const below = (child: MathNode): Promise<DelayOf> => compileDelayNode(child, child.toString(), names, directory);
    return form((node as FunctionNode).args, { names, directory, below });
  }
  const part = name === undefined ? undefined : partNamed(name);
  if (name === undefined || !part) {
    const formula: Formula = compileNode(node, names);
    return (v) => fixed(text, formula(v));
  }
  const distribution = compileDistribution(node as FunctionNode, name, part, names);
  return (v) => {
    const law = distribution(v);
    if (!(law.lower >= 0))
      throw new RangeError(`the delay "${clipped(String(text))}" can be as low as ${law.lower} s; delays must be >= 0`);
    return { sample: (random) => law.sample(random) * secondsToMilliseconds };
  };
};

/**
 * The same delay for all workers whose variables agree, as far as the text names them: a hundred thousand copies of one would
 * only be slower to reach. What a delay remembers it does from its `start` on.
 */
const shared = (node: MathNode, { variables }: Names, delayOf: DelayOf): DelayOf => {
  const symbols = new Set(node.filter(({ type }) => type === 'SymbolNode').map((each) => (each as SymbolNode).name));
  const named = variables.filter((name) => symbols.has(name));
  const known = new Map<string, Delay>();
  return (v) => {
    const key = named.map((name) => v[name]).join();
    const delay = known.get(key) ?? delayOf(v);
    known.set(key, delay);
    return delay;
  };
};

/**
 * A delay's text (`20ms`, `exponential(1 / speed)`, `lognormal(20ms, 0.5)`) as a function from a worker's variables to
 * its delay. Plain numbers are virtual seconds. Files that it names are looked for in `directory`.
 * @throws RangeError with one sentence, from here or from the returned function, when it is no delay or can be negative.
 */
export const compileDelay = async (
  text: number | string,
  variables: readonly string[],
  directory?: string,
): Promise<DelayOf> => {
  const names: Names = { variables, time: true, distributions: distributionNames };
  const node = await parseExpression(String(text));
  return shared(node, names, await compileDelayNode(node, text, names, directory));
};
