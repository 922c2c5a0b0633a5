import exp from '@stdlib/math-base-special-exp';
import ln from '@stdlib/math-base-special-ln';
import pow from '@stdlib/math-base-special-pow';
import type {
  ConditionalNode,
  ConstantNode,
  FunctionNode,
  MathNode,
  OperatorNode,
  ParenthesisNode,
  SymbolNode,
} from 'mathjs';
import type { Formula } from '../registry/formula.js';
import { reasonOf } from './misfit.js';
import { didYouMean } from './nearest.js';
import { clipped } from '../registry/found.js';

type Arithmetic = (...values: number[]) => number;

const truth = (value: boolean): number => (value ? 1 : 0);

/** Whether a number counts as true: all do but 0 and NaN. */
const holds = (a: number): boolean => a !== 0 && !Number.isNaN(a);

/** The remainder that is as signed as the divisor; of a division by 0, the dividend. */
const modulo = (a: number, b: number): number => (b === 0 ? a : a - b * Math.floor(a / b));

/**
 * IEEE 754's pow: a^0 and 1^∞ are 1. The library's takes exponents from 2⁵³ on, which are all
 * even, for odd ones, gives NaN to −∞ with a fraction and to NaN^0, and
 * little more than 0 to −0 with a fraction.
 */
const power = (a: number, b: number): number => {
  if (b === 0) return 1;
  if (a === 0 && !Number.isNaN(b)) {
    const signed = Number.isInteger(b) && Math.abs(b) % 2 === 1 ? a : 0;
    return b > 0 ? signed : 1 / signed;
  }
  const even = Math.abs(b) >= 2 ** 53 || (a === -Infinity && !Number.isInteger(b));
  return pow(even ? Math.abs(a) : a, b);
};

/** The nearest whole number; of two, that farther from 0. */
const round = (a: number): number => (a < 0 ? -Math.round(-a) : Math.round(a));

/** By mathjs's own name of the operator. */
const operators: Readonly<Record<string, Arithmetic>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  pow: power,
  mod: modulo,
  unaryMinus: (a) => -a,
  unaryPlus: (a) => a,
  smaller: (a, b) => truth(a < b),
  smallerEq: (a, b) => truth(a <= b),
  larger: (a, b) => truth(a > b),
  largerEq: (a, b) => truth(a >= b),
  equal: (a, b) => truth(a === b),
  unequal: (a, b) => truth(a !== b),
  and: (a, b) => truth(holds(a) && holds(b)),
  or: (a, b) => truth(holds(a) || holds(b)),
  not: (a) => truth(!holds(a)),
};

/** Name -> fewest and most arguments, and the function. The bits are the same on every machine. */
const functions: Readonly<Record<string, readonly [number, number, Arithmetic]>> = {
  abs: [1, 1, (a) => Math.abs(a)],
  ceil: [1, 1, (a) => Math.ceil(a)],
  exp: [1, 1, (a) => exp(a)],
  floor: [1, 1, (a) => Math.floor(a)],
  log: [1, 2, (a, ...base) => (base.length === 0 ? ln(a) : ln(a) / ln(base[0]!))],
  max: [1, Infinity, (...all) => Math.max(...all)],
  min: [1, Infinity, (...all) => Math.min(...all)],
  mod: [2, 2, modulo],
  pow: [2, 2, power],
  round: [1, 1, round],
  sign: [1, 1, (a) => Math.sign(a)],
  sqrt: [1, 1, (a) => Math.sqrt(a)],
};

const constants: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E };

/** Units of time, in seconds; usable where a formula gives a time. */
export const timeUnits: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600 };

export interface Names {
  readonly variables: readonly string[];
  /** Whether units of time are understood. */
  readonly time?: boolean;
  /** Names of distributions, which are a whole delay and no part of a formula. */
  readonly distributions?: readonly string[];
  /** Words that are allowed instead of a formula, to be named when an unknown variable is met. */
  readonly words?: readonly string[];
}

type Parse = (text: string) => MathNode;
let loading: Promise<Parse> | undefined;

/**
 * mathjs's parser; loaded when the first expression is met, since that takes a quarter of a second. All of mathjs in its one
 * file for browsers loads in less than half the time that the 650 files of `mathjs/number` take, and parses alike.
 */
const parser = (): Promise<Parse> =>
  (loading ??= import('mathjs/lib/browser/math.js').then(
    ({ default: { parse } }) =>
      (text: string) =>
        parse(text),
  ));

/** The kinds of node that mean something here. */
type Known = ConditionalNode | ConstantNode | FunctionNode | OperatorNode | ParenthesisNode | SymbolNode;

/** The syntax tree of an expression. @throws RangeError when it is none. */
export const parseExpression = async (text: string): Promise<MathNode> => {
  const parse = await parser();
  if (text.trim() === '') throw new RangeError('found an empty text; a formula is needed');
  try {
    return parse(text);
  } catch (error) {
    const reason = error instanceof Error ? reasonOf(error) : String(error);
    throw new RangeError(`"${clipped(text)}" is not a formula: ${reason}`, { cause: error });
  }
};

const symbol = (name: string, names: Names): Formula => {
  if (names.variables.includes(name)) return (variables) => variables[name]!;
  const known = Object.hasOwn(constants, name) ? constants[name] : undefined;
  const unit = names.time && Object.hasOwn(timeUnits, name) ? timeUnits[name] : undefined;
  const value = known ?? unit;
  if (value !== undefined) return () => value;
  const allowed = [
    ...names.variables,
    ...(names.words ?? []),
    ...Object.keys(constants),
    ...(names.time ? Object.keys(timeUnits) : []),
  ];
  const hint = didYouMean(name, allowed);
  throw new RangeError(`unknown variable "${name}" in a formula; allowed are ${allowed.join(', ')}${hint}`);
};

const apply = (f: Arithmetic, args: readonly Formula[]): Formula => {
  const [a, b] = args;
  if (args.length === 1) return (v) => f(a!(v));
  if (args.length === 2) return (v) => f(a!(v), b!(v));
  return (v) => f(...args.map((arg) => arg(v)));
};

const arity = (fewest: number, most: number): string => {
  const range = most === Infinity ? `${fewest} or more` : fewest === most ? `${fewest}` : `${fewest} to ${most}`;
  return `${range} argument${range === '1' ? '' : 's'}`;
};

const call = (name: string, args: readonly Formula[], names: Names): Formula => {
  const entry = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!entry) {
    if (names.distributions?.includes(name))
      throw new RangeError(`the distribution ${name} can't be part of a formula; it must be the whole delay`);
    const allowed = [...(names.distributions ?? []), ...Object.keys(functions)];
    throw new RangeError(
      `unknown function "${name}" in a formula; allowed are ${allowed.join(', ')}${didYouMean(name, allowed)}`,
    );
  }
  const [fewest, most, f] = entry;
  if (args.length < fewest || args.length > most)
    throw new RangeError(`${name} takes ${arity(fewest, most)}, ${args.length} found`);
  return apply(f, args);
};

/**
 * A syntax tree as nested functions: numbers, the given variables, arithmetic, comparisons and a few functions; nothing
 * else can be reached. @throws RangeError that names what was found and what is allowed.
 */
export const compileNode = (node: MathNode, names: Names): Formula => {
  const known = node as Known;
  const below = (child: MathNode): Formula => compileNode(child, names);
  switch (known.type) {
    case 'ParenthesisNode':
      return below(known.content);
    case 'SymbolNode':
      return symbol(known.name, names);
    case 'ConstantNode': {
      const value: unknown = known.value;
      if (typeof value === 'boolean' || typeof value === 'number') return () => Number(value);
      break;
    }
    case 'ConditionalNode': {
      const [condition, yes, no] = [below(known.condition), below(known.trueExpr), below(known.falseExpr)];
      return (v) => (holds(condition(v)) ? yes(v) : no(v));
    }
    case 'OperatorNode': {
      const f = Object.hasOwn(operators, known.fn) ? operators[known.fn] : undefined;
      if (f) return apply(f, known.args.map(below));
      break;
    }
    case 'FunctionNode': {
      const name = functionName(node);
      if (name !== undefined) return call(name, known.args.map(below), names);
      break;
    }
  }
  throw new RangeError(
    `${foundText(node)} can't stand in a formula; allowed are numbers, ${names.variables.join(', ')}, arithmetic, comparisons, and ${Object.keys(functions).join(', ')}`,
  );
};

/** What a node says, quoted; mathjs reads nothing between two separators as `undefined`. */
const foundText = (node: MathNode): string => {
  const text = node.toString();
  return text === 'undefined' ? 'an empty expression' : `"${clipped(text)}"`;
};

/** The name of the function that a node calls; undefined when it is no call by name. */
export const functionName = (node: MathNode): string | undefined => {
  const known = node as Known;
  // What is called may be an expression too, such as `a.sqrt`, which has a name as well.
  if (known.type !== 'FunctionNode') return undefined;
  const called: MathNode = known.fn;
  return called.type === 'SymbolNode' ? known.fn.name : undefined;
};

/** A formula's text as a function of its variables. @throws RangeError with one sentence. */
export const compileFormula = async (text: number | string, names: Names): Promise<Formula> => {
  const value =
    typeof text === 'number'
      ? text
      : /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text)
        ? Number(text)
        : undefined;
  if (value !== undefined) return () => value;
  return compileNode(await parseExpression(String(text)), names);
};
