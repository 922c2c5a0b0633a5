import { protocols } from '../protocols/index.js';
import { parseDuration } from '../registry/duration.js';
import { clipped } from '../registry/found.js';
import { InputError } from './input-error.js';
import { fitting, Misfit, misfitOf, type Path } from './misfit.js';
import { applyOverrides, overrideAt, pathOf, type Override } from './overrides.js';
import { scenarioSchema, type Scenario } from './schema.js';
import type { Source } from './source.js';

/** Measurements of a run where the scenario doesn't say. */
const measurements = 25;

const defaultEvery = ({ steps, time, gradients }: Scenario['stop']): string => {
  const part = (whole: number): number => Math.max(1, Math.round(whole / measurements));
  if (steps !== undefined) return `${part(steps)} steps`;
  return time === undefined ? `${part(gradients!)} gradients` : `${parseDuration(time)! / measurements}ms`;
};

/** A protocol that gathers messages counts each once; where a worker's latest stands for all of its work, it weighs as many. */
const defaultWeights = (protocol: string): string => {
  const part = protocols[protocol as keyof typeof protocols];
  return 'gathers' in part && part.gathers ? 'uniform' : 'count';
};

/** The keys in the schema's order, so that a resolved scenario that is resolved again stays the same text. */
const inOrder = (scenario: Scenario): Scenario => {
  const order = Object.keys(scenarioSchema.shape);
  const entries = Object.entries(scenario).filter(([, value]) => value !== undefined);
  entries.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return Object.fromEntries(entries) as typeof scenario;
};

const defined = (values: object = {}): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** Checks plain data as a scenario and fills in defaults. @throws Misfit that says what is wrong, and at which key. */
export const resolveScenario = (value: unknown): Scenario => {
  const checked = scenarioSchema.safeParse(value, { reportInput: true });
  if (!checked.success) throw misfitOf(checked.error.issues);
  const scenario = checked.data;
  return inOrder({
    ...scenario,
    // No policy has one form, so that it has one hash.
    policy: scenario.policy?.kind === 'none' ? undefined : scenario.policy,
    servers: scenario.servers ?? undefined,
    // So has a run without further ones.
    replications: scenario.replications === 1 ? undefined : scenario.replications,
    weights: scenario.weights ?? defaultWeights(scenario.protocol.kind),
    measure: { every: defaultEvery(scenario.stop), ...defined(scenario.measure) },
  });
};

/** One run that a scenario file asks for, and how to tell what is wrong with it. */
export interface ResolvedRun {
  /** Empty for the main run, else its name under `compare`. */
  readonly label: string;
  readonly scenario: Scenario;
  /** An error met with this run, told with its place; anything but a Misfit is returned as it is. */
  readonly explain: (error: unknown) => unknown;
}

/** A change of a run in the file: where it goes, what it is, and at which key it stands. */
export interface Entry extends Pick<Override, 'path' | 'value'> {
  readonly at: Path;
}

const explainer =
  (source: Source, overrides: readonly Override[], title: string, entries: readonly Entry[]) =>
  (error: unknown): unknown => {
    if (!(error instanceof Misfit)) return error;
    const { path, sentence } = error;
    const placeOf = (key: Path): string => {
      const parent = key.slice(0, -1);
      // A key that is missing where only an override made room for it is missing on the command line.
      const made = source.has(parent) ? undefined : overrideAt(overrides, parent);
      const override = overrideAt(overrides, key) ?? made;
      return override ? `command line, ${clipped(override.text)}` : source.locate(key);
    };
    const told =
      path.length === 0 || sentence.startsWith('unknown') ? sentence : `${path.map(String).join('.')}: ${sentence}`;
    const entry = overrideAt(entries, path);
    const place = entry ? placeOf([...entry.at, ...path.slice(entry.path.length)]) : placeOf(path);
    const where = title === '' ? place : `${place}: ${title}`;
    return new InputError(`${where}: ${told}`, { cause: error });
  };

/**
 * A run that differs from a scenario, which is told of as `title`, by the entries. @throws InputError with one sentence.
 */
export const resolveVariant = (
  source: Source,
  overrides: readonly Override[],
  base: unknown,
  { label, title, entries }: { readonly label: string; readonly title: string; readonly entries: readonly Entry[] },
): ResolvedRun => {
  const explain = explainer(source, overrides, title, entries);
  try {
    return { label, scenario: resolveScenario(fitting([], () => applyOverrides(base, entries))), explain };
  } catch (error) {
    throw explain(error);
  }
};

/** The scenario itself, with overrides. @throws InputError with one sentence. */
export const resolveMain = (source: Source, overrides: readonly Override[]): ResolvedRun => {
  const explain = explainer(source, overrides, '', []);
  try {
    return {
      label: '',
      scenario: resolveScenario(fitting([], () => applyOverrides(source.value, overrides))),
      explain,
    };
  } catch (error) {
    throw explain(error);
  }
};

/** What was written under `measure`, without what only several runs have. */
const measuredAlone = (measure: unknown): unknown => {
  if (typeof measure !== 'object' || measure === null || Array.isArray(measure)) return measure;
  const { overhead: _, ...rest } = measure as Readonly<Record<string, unknown>>;
  return rest;
};

/** What was written of the scenario itself, with overrides and without the runs that go with it: what those differ from. */
export const alone = (source: Source, overrides: readonly Override[]): Readonly<Record<string, unknown>> => {
  const {
    compare: _,
    study: __,
    figure: ___,
    ...base
  } = applyOverrides(source.value, overrides) as Readonly<Record<string, unknown>>;
  return 'measure' in base ? { ...base, measure: measuredAlone(base.measure) } : base;
};

/**
 * The runs of a scenario with overrides: the scenario itself, then those under its `compare`.
 * @throws InputError with one sentence that names the place, what was found and what is allowed.
 */
export const resolveSource = (source: Source, overrides: readonly Override[]): readonly ResolvedRun[] => {
  const main = resolveMain(source, overrides);
  const base = alone(source, overrides);
  const variants = Object.entries(main.scenario.compare ?? {}).map(([label, changes]) => {
    const entries = Object.entries(changes).map(([key, value]) => {
      const path = pathOf(key);
      // The key may hold dots, so that it is one in the file and several on the command line.
      if (path) return { path, value, at: ['compare', label, path.join('.')] };
      throw main.explain(
        new Misfit(['compare', label, key], 'not the path of a key; write dots between keys, such as workers.count'),
      );
    });
    return resolveVariant(source, overrides, base, { label, title: `compare.${label}`, entries });
  });
  return [main, ...variants];
};
