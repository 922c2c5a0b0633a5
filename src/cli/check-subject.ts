import { existsSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { parse } from 'yaml';
import { makeAggregator } from '../scenario/build/make-aggregator.js';
import { ruleChoice, type Choice } from '../scenario/choice.js';
import { InputError } from '../scenario/input-error.js';
import { Misfit, misfitOf } from '../scenario/misfit.js';
import {
  aggregatorRule,
  boundsOf,
  type Bound,
  type SimpleRule,
  type Surveyed,
  type ToldRule,
} from '../testing/index.js';
import { aggregators, operators, type AggregatorRule } from '../weighted/index.js';
import { importModule } from './import-module.js';

const modules = ['.ts', '.mts', '.js', '.mjs'];

/** How a rule may be told whom to withstand. */
type Telling = Readonly<Record<string, number>>;

const rules = { ...aggregators, ...operators };
const schema = ruleChoice(aggregators, operators, 'the rule to check');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Options of a name or an object, with `telling` for those of lambda and f that the part takes and that aren't given. */
const toldOptions = (value: unknown, telling: Telling): unknown => {
  if (Array.isArray(value)) return value.map((each) => toldOptions(each, telling));
  const given = typeof value === 'string' ? { kind: value } : value;
  if (!isObject(given) || typeof given.kind !== 'string') return value;
  const word = given.kind.toLowerCase();
  const part = Object.entries(rules).find(([name, { aliases }]) => name === word || aliases?.includes(word as never));
  const fields = Object.keys(part?.[1].parameters.shape ?? {});
  const isTold = 'lambda' in given || 'f' in given;
  // A rule that takes either is told one.
  const both = 'f' in telling && 'lambda' in telling && fields.includes('f') && fields.includes('lambda');
  const added = isTold
    ? []
    : Object.entries(telling).filter(([field]) => fields.includes(field) && !(both && field === 'lambda'));
  return {
    ...given,
    ...Object.fromEntries(added),
    ...('base' in given ? { base: toldOptions(given.base, telling) } : {}),
  };
};

const resolve = (value: unknown, telling: Telling): Choice => {
  const checked = schema.safeParse(toldOptions(value, telling), { reportInput: true });
  if (checked.success) return checked.data;
  throw misfitOf(checked.error.issues);
};

/** The least that a rule, or those of a chain, were told by hand to withstand. */
const givenTo = (value: unknown): { readonly f: number; readonly lambda: number } => {
  const values = Array.isArray(value) ? (value as unknown[]) : isObject(value) ? [value.base] : [];
  const below = values.map(givenTo);
  const own = isObject(value) ? value : {};
  return {
    f: Math.min(typeof own.f === 'number' ? own.f : Infinity, ...below.map(({ f }) => f)),
    lambda: Math.min(typeof own.lambda === 'number' ? own.lambda : Infinity, ...below.map(({ lambda }) => lambda)),
  };
};

/** The rule told of a share, by lambda where it takes one for any weights, else by a number f of equal vectors. */
const tell = async (value: unknown, lambda: number, workers: number): Promise<ToldRule | undefined> => {
  let refusal: unknown;
  const given = givenTo(value);
  const attempt = async (telling: Telling, equal: boolean): Promise<AggregatorRule | undefined> => {
    try {
      return await makeAggregator(resolve(value, telling), { count: workers, equal }, []);
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      refusal = error;
      return undefined;
    }
  };
  if (lambda > given.lambda) return undefined;
  const free = given.f === Infinity ? await attempt({ lambda }, false) : undefined;
  if (free) return { rule: free, byzantine: undefined };
  for (let f = Math.min(given.f, Math.floor(lambda * workers + 1e-9)); f > 0; f--) {
    const counting =
      (await attempt({ f }, true)) ??
      (await attempt({ lambda: f / workers }, true)) ??
      (await attempt({ f, lambda: f / workers }, true));
    if (counting) return { rule: counting, byzantine: f };
  }
  // Too few vectors for one liar, or a mistake that no number of them would mend.
  const any = (await attempt({ f: 1 }, true)) ?? (await attempt({ f: 1, lambda: 0.1 }, true));
  if (any === undefined && workers >= PLENTY) throw refusal;
  return undefined;
};

/** Every rule takes as many vectors. */
const PLENTY = 100;

/** The words of the command line as a value of a scenario: a name, a list of names, or YAML. */
const valueOf = (text: string): unknown => {
  if (/^[\w-]+(\s*,\s*[\w-]+)+$/.test(text.trim())) return text.split(',').map((word) => word.trim());
  try {
    return parse(text) as unknown;
  } catch {
    throw new InputError(`command line: "${text}" is neither a rule's name, a list such as ctma,cwmed, nor YAML`);
  }
};

const registered = async (text: string): Promise<Surveyed> => {
  const value = valueOf(text);
  try {
    // What is wrong with the words themselves is told once, before anything is searched.
    const chosen = resolve(value, { lambda: 0.1, f: 1 });
    await tell(value, 0.1, PLENTY);
    return { name: nameOf(chosen), bounds: boundsOf(chosen), told: (lambda, workers) => tell(value, lambda, workers) };
  } catch (error) {
    if (error instanceof Misfit) throw new InputError(`command line: ${error.message}`, { cause: error });
    throw error;
  }
};

const nameOf = ({ kind, base, variant }: Choice): string => {
  const own = typeof variant === 'string' && variant !== 'published' ? `${kind}-${variant}` : kind;
  return base === undefined ? own : `${own} of ${nameOf(base as Choice)}`;
};

/** What a user's module may export besides its rule. */
interface UserModule {
  readonly default?: unknown;
  readonly rule?: unknown;
  readonly constant?: unknown;
  readonly weights?: unknown;
}

type UserRule = (vectors: number[][], weights: number[], lambda: number) => ArrayLike<number>;

/** A function of a shape as it is; one of vectors and weights told of the share. */
const userRule = (rule: UserRule, lambda: number): AggregatorRule => {
  const told: SimpleRule = (vectors, weights) => rule(vectors, weights, lambda);
  return aggregatorRule(rule.length > 1 ? told : (rule as unknown as AggregatorRule));
};

/** The constant that a module claims at λ. @throws InputError for what is none. */
const constantAt = (constant: unknown, lambda: number, file: string): number => {
  const value: unknown = typeof constant === 'function' ? (constant as (lambda: number) => unknown)(lambda) : constant;
  if (typeof value === 'number' && value >= 0) return value;
  throw new InputError(`${file}: "constant" is to be a number >= 0, got ${String(value)} at λ = ${lambda}`);
};

/** A user's rule, whose mistakes are told as the user's. */
const guarded = (rule: AggregatorRule, file: string): AggregatorRule => {
  const trying = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new InputError(`${file}: the rule failed: ${reason}`, { cause: error });
    }
  };
  return (shape) => {
    const aggregate = trying(() => rule(shape));
    return (input, out) => trying(() => aggregate(input, out));
  };
};

/** A rule of the user's own: the default export of a module, which may export `constant` and `weights` beside it. */
const ofModule = async (file: string): Promise<Surveyed> => {
  const module: UserModule = await importModule(file);
  const rule = module.default ?? module.rule;
  if (typeof rule !== 'function')
    throw new InputError(
      `${file}: exports no rule; export a function of (vectors, weights, lambda), or of a shape, as default`,
    );
  const { constant, weights = 'any' } = module;
  if (constant !== undefined && typeof constant !== 'function' && typeof constant !== 'number')
    throw new InputError(`${file}: "constant" is a number or a function of lambda`);
  if (weights !== 'any' && weights !== 'equal') throw new InputError(`${file}: "weights" is 'any' or 'equal'`);
  const bound: Bound | undefined =
    constant === undefined
      ? undefined
      : {
          ...{ name: 'c_λ', formula: 'constant', status: 'published', source: file },
          value: (lambda) => constantAt(constant, lambda, file),
        };
  return {
    name: basename(file, extname(file)),
    bounds: bound ? [bound] : [],
    told: (lambda, workers) => {
      const byzantine = weights === 'equal' ? Math.floor(lambda * workers + 1e-9) : undefined;
      if (byzantine === 0) return Promise.resolve(undefined);
      return Promise.resolve({ rule: guarded(userRule(rule as UserRule, lambda), file), byzantine });
    },
  };
};

/**
 * What `tardigrade check RULE` checks: a registered rule by its name, a chain such as `ctma,cwmed`, read from the workers to
 * the server, YAML with options, or a module of the user's own.
 * @throws InputError with one sentence when there is no such rule.
 */
export const readSubject = (text: string): Promise<Surveyed> =>
  modules.includes(extname(text).toLowerCase()) || existsSync(text) ? ofModule(text) : registered(text);
