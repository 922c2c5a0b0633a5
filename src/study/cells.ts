import { attacks } from '../attacks/index.js';
import { timings } from '../attacks/timing/index.js';
import type { Registry } from '../scenario/choice.js';
import { InputError } from '../scenario/input-error.js';
import { Misfit } from '../scenario/misfit.js';
import { pathOf, type Override } from '../scenario/overrides.js';
import { alone, resolveMain, resolveVariant, type Entry, type ResolvedRun } from '../scenario/resolve.js';
import type { Source } from '../scenario/source.js';
import { ALL, type Study } from '../scenario/study-schema.js';
import { valueLabel } from './value-label.js';

/** The keys that `all` can stand for, with what they choose from. */
const registries: Readonly<Record<string, Registry>> = { attack: attacks, timing: timings };

/** One value of an axis. */
interface Point {
  readonly label: string;
  readonly entry: Entry;
  /** Whether it is one of `all`, so that it may be left out where it doesn't fit. */
  readonly optional: boolean;
}

/** A key of the scenario and the values that it takes in a study. */
export interface Axis {
  /** The key, dots between its parts. */
  readonly key: string;
  readonly labels: readonly string[];
}

/** One combination of the grid, with one seed. */
export interface Cell {
  /** The label of each axis's value. */
  readonly labels: readonly string[];
  /** From 0. */
  readonly replication: number;
  readonly run: ResolvedRun;
}

/** What a study runs. */
export interface Cells {
  readonly main: ResolvedRun;
  readonly axes: readonly Axis[];
  readonly cells: readonly Cell[];
  /** Values of `all` that can't be in this study, and why. */
  readonly leftOut: readonly { readonly key: string; readonly label: string; readonly why: string }[];
}

/** What `all` stands for: what a registry knows and makes without being told more. */
const everything = (key: string): readonly string[] => {
  const registry = registries[key];
  if (registry === undefined)
    throw new Misfit(
      ['study', 'grid', key],
      `"${ALL}" stands for everything that ${Object.keys(registries).join(' or ')} can be; list the values of ${key}`,
    );
  return Object.keys(registry);
};

const pointsOf = (key: string, values: Study['grid'][string]): readonly Point[] => {
  const path = pathOf(key);
  const at = ['study', 'grid', key];
  if (!path || ['study', 'compare', 'name', 'seed'].includes(path[0]!))
    throw new Misfit(at, 'not the path of a key that an axis can be; write dots between keys, such as workers.count');
  const point = (label: string, value: unknown, place: readonly PropertyKey[], optional = false): Point => ({
    ...{ label, optional },
    entry: { path, value, at: place },
  });
  const each = (value: unknown, place: readonly PropertyKey[]): readonly Point[] =>
    value === ALL
      ? everything(key).map((name) => point(name, name, place, true))
      : [point(valueLabel(value), value, place)];
  const points =
    typeof values === 'string'
      ? each(values, at)
      : Array.isArray(values)
        ? values.flatMap((value, i) => each(value, [...at, i]))
        : Object.entries(values).map(([label, value]) => point(label, value, [...at, label]));
  const twice = points.find(({ label }, i) => points.findIndex((other) => other.label === label) < i);
  if (twice)
    throw new Misfit(at, `two values are labelled "${twice.label}"; write a mapping of labels of your own to values`);
  return points;
};

const product = <T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] =>
  lists.reduce<readonly (readonly T[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])),
    [[]],
  );

const titleOf = (axes: readonly string[], points: readonly Point[]): string =>
  `cell ${points.map(({ label }, i) => `${axes[i]!} = ${label}`).join(', ')}`;

/**
 * The cells of a scenario's study: every combination of its axes' values, first axis outermost, each with as many seeds.
 * Values of `all` of which `fits` says that no run can be made are left out; @throws InputError for any other mistake, with one
 * sentence that names its place.
 */
export const cellsOf = async (
  source: Source,
  overrides: readonly Override[],
  /** Tries whether a run can be made; throws what is wrong. */
  fits: (run: ResolvedRun) => Promise<void>,
): Promise<Cells> => {
  const main = resolveMain(source, overrides);
  const { study } = main.scenario;
  if (study === undefined)
    throw new InputError(`${source.name}: a sweep needs the key study, such as study: { grid: { attack: all } }`);
  const base = alone(source, overrides);
  const keys = Object.keys(study.grid);
  let points: readonly (readonly Point[])[];
  try {
    points = keys.map((key) => pointsOf(key, study.grid[key]!));
  } catch (error) {
    throw main.explain(error);
  }
  const runOf = (chosen: readonly Point[], seed: number): ResolvedRun =>
    resolveVariant(source, overrides, base, {
      ...{ label: chosen.map(({ label }) => label).join(', '), title: titleOf(keys, chosen) },
      entries: [...chosen.map(({ entry }) => entry), { path: ['seed'], value: seed, at: ['seed'] }],
    });

  const leftOut: { key: string; label: string; why: string }[] = [];
  const kept: (readonly Point[])[] = [];
  for (const [i, key] of keys.entries()) {
    const fitting: Point[] = [];
    for (const each of points[i]!) {
      const reason = each.optional
        ? await whyNot(
            () =>
              runOf(
                keys.map((_, k) => (k === i ? each : points[k]![0]!)),
                main.scenario.seed,
              ),
            fits,
          )
        : undefined;
      if (reason === undefined) fitting.push(each);
      else leftOut.push({ key, label: each.label, why: reason });
    }
    kept.push(fitting);
  }
  const cells = product(kept).flatMap((chosen) =>
    Array.from({ length: study.replications }, (_, replication) => ({
      ...{ labels: chosen.map(({ label }) => label), replication },
      run: runOf(chosen, main.scenario.seed + replication),
    })),
  );
  return { main, axes: keys.map((key, i) => ({ key, labels: kept[i]!.map(({ label }) => label) })), cells, leftOut };
};

/** Why a run can't be made; undefined where it can. */
const whyNot = async (
  make: () => ResolvedRun,
  fits: (run: ResolvedRun) => Promise<void>,
): Promise<string | undefined> => {
  try {
    await fits(make());
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
};
