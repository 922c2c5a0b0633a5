import { estimate, type Estimate, type JsonNumber } from '../report/index.js';
import type { Axis } from './cells.js';

/** How one combination of a study's grid came out. */
export interface Group extends Estimate {
  /** The label of each axis's value. */
  readonly labels: readonly string[];
  readonly seeds: readonly number[];
  /** The score of each run at its end; null where it isn't finite, or the run didn't come to its end. */
  readonly values: readonly JsonNumber[];
  /** How many of the runs couldn't go on. */
  readonly stuck: number;
  /** Of each run why it couldn't go on; null where it could. */
  readonly whys: readonly (string | null)[];
  /** Preconditions of the protocol's theorem that don't hold for some of the runs; there where some don't. */
  readonly outsideTheorem?: readonly string[];
}

/** A run of a study that has ended. */
export interface EndedCell {
  readonly labels: readonly string[];
  readonly seed: number;
  readonly value: JsonNumber;
  /** Why the run couldn't go on, where it couldn't. */
  readonly why?: string;
  /** Preconditions of the protocol's theorem that don't hold, where some don't. */
  readonly outsideTheorem?: readonly string[];
}

/** The study's score: its name, and whether more of it is better. */
export interface Score {
  readonly name: string;
  readonly better: 'more' | 'less';
}

const keyOf = (labels: readonly string[]): string => JSON.stringify(labels);

/** Combinations in the order in which their first runs ended. */
export const groupsOf = (cells: readonly EndedCell[]): readonly Group[] => {
  const groups = new Map<string, EndedCell[]>();
  for (const cell of cells) {
    const key = keyOf(cell.labels);
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups.values()].map((runs) => {
    const values = runs.map(({ value, why }) => (why === undefined ? value : null));
    const whys = runs.map(({ why }) => why ?? null);
    const outsideTheorem = [...new Set(runs.flatMap((run) => run.outsideTheorem ?? []))];
    return {
      ...{ labels: runs[0]!.labels, seeds: runs.map(({ seed }) => seed), values },
      ...estimate(values),
      ...{ whys, stuck: whys.filter((why) => why !== null).length },
      ...(outsideTheorem.length > 0 && { outsideTheorem }),
    };
  });
};

/** How bad a mean is: larger is worse, and what isn't finite is the worst. */
const badness = ({ mean }: Group, { better }: Score): number =>
  mean === null ? Infinity : better === 'less' ? mean : -mean;

/** The worst of a column: which row, and its group. */
export interface Worst {
  readonly column: string;
  readonly row: string;
  readonly group: Group;
}

/** Groups of a grid of two axes by their places: rows are the first axis's values, columns the second's. */
export interface Matrix {
  readonly rows: Axis;
  readonly columns: Axis;
  readonly at: (row: string, column: string) => Group | undefined;
  /** Of each column the row that came out worst, of those whose runs all came to their end: the worst attack on each defence. */
  readonly worst: readonly Worst[];
}

/** The matrix of a study with two axes; undefined with any other number. */
export const matrixOf = (axes: readonly Axis[], groups: readonly Group[], score: Score): Matrix | undefined => {
  const [rows, columns] = axes;
  if (axes.length !== 2 || !rows || !columns) return undefined;
  const byKey = new Map(groups.map((group) => [keyOf(group.labels), group]));
  const at = (row: string, column: string): Group | undefined => byKey.get(keyOf([row, column]));
  const worst = columns.labels.flatMap((column) => {
    const found = rows.labels
      .flatMap((row) => {
        const group = at(row, column);
        return group?.stuck === 0 ? [{ column, row, group }] : [];
      })
      .reduce<Worst | undefined>(
        (most, each) => (most === undefined || badness(each.group, score) > badness(most.group, score) ? each : most),
        undefined,
      );
    return found ? [found] : [];
  });
  return { rows, columns, at, worst };
};
