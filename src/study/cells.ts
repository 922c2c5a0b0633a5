import { attacks } from '../attacks/index.js';
import { timings } from '../attacks/timing/index.js';
import type { Registry } from '../scenario/choice.js';
import { InputError } from '../scenario/input-error.js';
import { Misfit } from '../scenario/misfit.js';
import { pathOf, type Override } from '../scenario/overrides.js';
import { alone, resolveMain, resolveVariant, type Entry, type ResolvedRun } from '../scenario/resolve.js';
import type { Source } from '../scenario/source.js';
import { ALL, type Study } from '../scenario/study-schema.js';
import type { Score } from './matrix.js';
import { valueLabel } from './value-label.js';

/** The keys that `all` can stand for, with what they choose from. */
const registries: Readonly<Record<string, Registry>> = { attack: attacks, timing: timings };

/** One value of an axis. */
interface Point {
  readonly key: string;
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
  /** What all cells are scored by: the metric of the model. */
  readonly score: Score;
  readonly axes: readonly Axis[];
  readonly cells: readonly Cell[];
  /** Values of `all` that don't fit, alone or beside some of the other values, and why. */
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
  if (!path || ['study', 'compare', 'name', 'seed', 'replications', 'figure'].includes(path[0]!))
    throw new Misfit(at, 'not the path of a key that an axis can be; write dots between keys, such as workers.count');
  const point = (label: string, value: unknown, place: readonly PropertyKey[], optional = false): Point => ({
    ...{ key, label, optional },
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
  if (points.length === 0) throw new Misfit(at, 'the axis has no value');
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

const titleOf = (points: readonly Point[]): string =>
  points.length === 0 ? 'the scenario' : `cell ${points.map(({ key, label }) => `${key} = ${label}`).join(', ')}`;

/** @throws Misfit when an axis would overwrite another's values. */
const requireApart = (keys: readonly string[]): void => {
  for (const [i, key] of keys.entries()) {
    const other = keys.find((each, k) => k !== i && (each === key || each.startsWith(`${key}.`)));
    if (other !== undefined)
      throw new Misfit(
        ['study', 'grid', key],
        `this axis overwrites the values of the axis ${other}; give one of them up`,
      );
  }
};

/** Tries whether a run can be made, and tells by what it is scored; throws an InputError that says what is wrong. */
export type Trial = (run: ResolvedRun) => Promise<Score>;

/** A mistake of somebody's who wrote a scenario; anything else is passed on. */
const mistakeIn = (error: unknown): InputError => {
  if (error instanceof InputError) return error;
  throw error;
};

/** What a combination is scored by, or what is wrong with it. */
const tried = async (make: () => ResolvedRun, trial: Trial): Promise<Score | InputError> => {
  try {
    return await trial(make());
  } catch (error) {
    return mistakeIn(error);
  }
};

/** Finds out which combinations of a grid can be run. */
class Grid {
  /** What the cells are scored by. */
  score: Score | undefined;
  readonly leftOut: { key: string; label: string; why: string }[] = [];

  constructor(
    readonly runOf: (chosen: readonly Point[], seed?: number) => ResolvedRun,
    readonly trial: Trial,
  ) {}

  /**
   * Whether a combination can be run. Where it can't, one of `all` may be to blame, which then leaves it out.
   * @throws InputError when what was written out is, or when it is scored by something else than the others.
   */
  async fits(chosen: readonly Point[]): Promise<boolean> {
    const found = await tried(() => this.runOf(chosen), this.trial);
    if (!(found instanceof InputError)) {
      this.#compare(found, chosen);
      return true;
    }
    const written = chosen.filter(({ optional }) => !optional);
    if (written.length === chosen.length) throw found;
    const alone = await tried(() => this.runOf(written), this.trial);
    if (alone instanceof InputError) throw alone;
    for (const each of chosen.filter(({ optional }) => optional)) {
      const why = await tried(() => this.runOf([...written, each]), this.trial);
      if (why instanceof InputError) {
        this.#leaveOut(each, why.message);
        return false;
      }
    }
    this.#leaveOut(
      chosen.find(({ optional }) => optional)!,
      found.message,
    );
    return false;
  }

  #leaveOut({ key, label }: Point, why: string): void {
    if (!this.leftOut.some((each) => each.key === key && each.label === label)) this.leftOut.push({ key, label, why });
  }

  #compare(score: Score, chosen: readonly Point[]): void {
    this.score ??= score;
    if (this.score.name !== score.name)
      throw new InputError(
        `${titleOf(chosen)} is scored by ${score.name}, and others by ${this.score.name}; a study compares runs by one score`,
      );
  }
}

/** How often each combination is run. @throws InputError when it is said twice, since only one of them can be meant. */
const replicationsOf = ({ scenario: { study, replications }, explain }: ResolvedRun): number => {
  if (study?.replications !== undefined && replications !== undefined)
    throw explain(
      new Misfit(
        ['study', 'replications'],
        `found ${study.replications}, and ${replications} in replications of the scenario itself, which a sweep follows too; give one of them up`,
      ),
    );
  return study?.replications ?? replications ?? 1;
};

/**
 * The cells of a scenario's study: every combination of its axes' values, first axis outermost, each with as many seeds.
 * Combinations in which a value of `all` doesn't fit are left out. @throws InputError for any other mistake, with one sentence that
 * names its place.
 */
export const cellsOf = async (source: Source, overrides: readonly Override[], trial: Trial): Promise<Cells> => {
  const main = resolveMain(source, overrides);
  const { study, seed: first } = main.scenario;
  if (study === undefined)
    throw new InputError(`${source.name}: a sweep needs the key study, such as study: { grid: { attack: all } }`);
  const replications = replicationsOf(main);
  // Each cell is one run.
  const { replications: _, ...base } = alone(source, overrides);
  const keys = Object.keys(study.grid);
  const explained = <T>(make: () => T): T => {
    try {
      return make();
    } catch (error) {
      throw main.explain(error);
    }
  };
  const points = explained(() => {
    requireApart(keys);
    return keys.map((key) => pointsOf(key, study.grid[key]!));
  });
  const runOf = (chosen: readonly Point[], seed = first): ResolvedRun =>
    resolveVariant(source, overrides, base, {
      ...{ label: chosen.map(({ label }) => label).join(', '), title: titleOf(chosen) },
      entries: [...chosen.map(({ entry }) => entry), { path: ['seed'], value: seed, at: ['seed'] }],
    });
  const grid = new Grid(runOf, trial);
  const kept: (readonly Point[])[] = [];
  for (const chosen of product(points)) if (await grid.fits(chosen)) kept.push(chosen);
  const { leftOut, score } = grid;
  if (score === undefined)
    throw new InputError(`${source.locate(['study', 'grid'])}: no combination fits: ${leftOut[0]!.why}`);
  const labelsOf = (i: number): readonly string[] =>
    points[i]!.map(({ label }) => label).filter((label) => kept.some((chosen) => chosen[i]!.label === label));
  const cells = kept.flatMap((chosen) =>
    Array.from({ length: replications }, (_, replication) => ({
      ...{ labels: chosen.map(({ label }) => label), replication },
      run: runOf(chosen, first + replication),
    })),
  );
  return { main, score, axes: keys.map((key, i) => ({ key, labels: labelsOf(i) })), cells, leftOut };
};
