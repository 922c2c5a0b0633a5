import { existsSync } from 'node:fs';
import { parse } from 'yaml';
import { makeAggregator } from '../scenario/build/make-aggregator.js';
import { ruleChoice, type Choice } from '../scenario/choice.js';
import { InputError } from '../scenario/input-error.js';
import { Misfit, misfitOf } from '../scenario/misfit.js';
import type { Registered } from '../registry/part.js';
import { boundsOf, valueSource, type RuleSource, type ToldRule } from '../testing/index.js';
import { aggregators, operators, type Requirements } from '../weighted/index.js';
import { isModule, moduleSubject, type Subject } from './check-module.js';

/** How a rule may be told whom to withstand. */
type Telling = Readonly<Record<string, number>>;

const rules = { ...aggregators, ...operators };
const schema = ruleChoice(aggregators, operators, 'the rule to check');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The part of this name. */
const partOf = (kind: string): (Registered<unknown> & Requirements<never>) | undefined => {
  const word = kind.toLowerCase();
  return Object.entries<Registered<unknown> & Requirements<never>>(rules).find(
    ([name, { aliases }]) => name === word || aliases?.includes(word),
  )?.[1];
};

/** Options of a name or an object, with `telling` for those of lambda and f that the part takes and that aren't given. */
const toldOptions = (value: unknown, telling: Telling): unknown => {
  if (Array.isArray(value)) return value.map((each) => toldOptions(each, telling));
  const given = typeof value === 'string' ? { kind: value } : value;
  if (!isObject(given) || typeof given.kind !== 'string') return value;
  const part = partOf(given.kind);
  const fields = Object.keys(part?.parameters.shape ?? {});
  const isTold = 'lambda' in given || 'f' in given || part?.lambdaIsNoShare;
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
  const given = isObject(value) ? value : {};
  const share = typeof given.kind !== 'string' || !partOf(given.kind)?.lambdaIsNoShare;
  const own = share ? given : { ...given, lambda: undefined };
  return {
    f: Math.min(typeof own.f === 'number' ? own.f : Infinity, ...below.map(({ f }) => f)),
    lambda: Math.min(typeof own.lambda === 'number' ? own.lambda : Infinity, ...below.map(({ lambda }) => lambda)),
  };
};

type Made = Pick<ToldRule, 'rule' | 'source'>;

/** How a program makes the rule. */
const sourceOf = (chosen: Choice): RuleSource => {
  const made = ({ kind, base, ...options }: Choice): string => {
    const registry = base === undefined ? 'aggregators' : 'operators';
    const part = /^\w+$/.test(kind) ? `${registry}.${kind}` : `${registry}[${valueSource(kind)}]`;
    const given = Object.entries(options).filter(([, option]) => option !== undefined);
    const call = `${part}.create(${valueSource(Object.fromEntries(given))})`;
    return base === undefined ? call : `${call}(${made(base as Choice)})`;
  };
  const names = chosen.base === undefined ? 'aggregators' : 'aggregators, operators';
  return { rule: made(chosen), imports: [`import { ${names} } from 'tardigrade';`] };
};

/** The rule told of a share, by lambda where it takes one for any weights, else by a number f of equal vectors. */
const tell = async (value: unknown, lambda: number, workers: number): Promise<ToldRule | undefined> => {
  let refusal: unknown;
  const given = givenTo(value);
  const attempt = async (telling: Telling, equal: boolean): Promise<Made | undefined> => {
    try {
      const chosen = resolve(value, telling);
      return { rule: await makeAggregator(chosen, { count: workers, equal }, []), source: sourceOf(chosen) };
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      refusal = error;
      return undefined;
    }
  };
  if (lambda > given.lambda) return undefined;
  const free = given.f === Infinity ? await attempt({ lambda }, false) : undefined;
  if (free) return { ...free, byzantine: undefined };
  for (let f = Math.min(given.f, Math.floor(lambda * workers + 1e-9)); f > 0; f--) {
    const counting =
      (await attempt({ f }, true)) ??
      (await attempt({ lambda: f / workers }, true)) ??
      (await attempt({ f, lambda: f / workers }, true));
    // With fewer vectors it would have to be told of fewer liars.
    if (counting) return { ...counting, byzantine: f, fewest: workers };
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
  if (text.trim() === '') throw new InputError('command line: the name of a rule is needed, such as cwmed');
  if (/^[\w\s,-]*,[\w\s,-]*$/.test(text)) {
    const words = text.split(',').map((word) => word.trim());
    const empty = words.indexOf('');
    if (empty < 0) return words;
    throw new InputError(`command line: "${text}": name ${empty + 1} of the list is empty`);
  }
  try {
    return parse(text) as unknown;
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0]!.replace(/:$/, '');
    throw new InputError(
      `command line: "${text}" is neither a rule's name, a list such as ctma,cwmed, nor YAML: ${reason}`,
    );
  }
};

/** What doesn't fit, where a person counts from 1. */
const commandLine = ({ path, sentence }: Misfit): string =>
  [
    'command line',
    ...path.map((key) => (typeof key === 'number' ? `rule ${key + 1} of the list` : String(key))),
    sentence,
  ].join(': ');

const registered = async (text: string): Promise<Subject> => {
  const value = valueOf(text);
  try {
    // What is wrong with the words themselves is told once, before anything is searched.
    const chosen = resolve(value, { lambda: 0.1, f: 1 });
    await tell(value, 0.1, PLENTY);
    return { name: nameOf(chosen), bounds: boundsOf(chosen), told: (lambda, workers) => tell(value, lambda, workers) };
  } catch (error) {
    if (error instanceof Misfit) throw new InputError(commandLine(error), { cause: error });
    throw error;
  }
};

const nameOf = ({ kind, base, variant }: Choice): string => {
  const own = typeof variant === 'string' && variant !== 'published' ? `${kind}-${variant}` : kind;
  return base === undefined ? own : `${own} of ${nameOf(base as Choice)}`;
};

/**
 * What `tardigrade check RULE` checks: a registered rule by its name, a chain such as `ctma,cwmed`, read from the workers to
 * the server, YAML with options, or a module of the user's own.
 * @throws InputError with one sentence when there is no such rule.
 */
export const readSubject = async (text: string): Promise<Subject> => {
  if (isModule(text)) return moduleSubject(text);
  const name = text.trim().toLowerCase();
  const isName = Object.entries(rules).some(([key, { aliases }]) => key === name || aliases?.includes(name));
  // A file or folder that happens to have a rule's name isn't meant.
  return !isName && existsSync(text) ? moduleSubject(text) : registered(text);
};
