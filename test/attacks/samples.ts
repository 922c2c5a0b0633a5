import type { AttackedData, AttackRule, Poisoned, PoisonRule } from '../../src/attacks/attack.js';
import type { Rows } from '../../src/kernels/rows.js';
import { seededRandom } from '../../src/random/index.js';
import type { Random } from '../../src/random/random.js';

/** A stream of these draws, and no more. */
export const draws = (...values: readonly number[]): Random => {
  let drawn = 0;
  return {
    ...seededRandom('draws'),
    next: () => {
      if (drawn === values.length) throw new Error(`Only ${values.length} draws were expected.`);
      return values[drawn++]!;
    },
  };
};

/** What a data attack makes of the rows 0, 1, … with these labels. */
export const falsified = (rule: AttackRule, labels: readonly number[], classes: number, random: Random) => {
  if (rule.kind !== 'data') throw new Error(`A ${rule.kind} attack falsifies no samples.`);
  const sample = { rows: Int32Array.from(labels, (_, i) => i), labels: Float64Array.from(labels) };
  rule.falsify(sample, classes, random);
  return { rows: [...sample.rows], labels: [...sample.labels] };
};

/** The same rows, dense or sparse. */
export const rowsOf = (kind: 'dense' | 'sparse', table: readonly (readonly number[])[], features: number): Rows => {
  if (kind === 'dense') return { kind, features, values: Float32Array.from(table.flat()) };
  const stored = table.map((row) => row.flatMap((value, k) => (value === 0 ? [] : [[k, value] as const])));
  const ends = stored.map((_, i) => stored.slice(0, i + 1).reduce((sum, row) => sum + row.length, 0));
  return {
    kind,
    features,
    starts: Int32Array.from([0, ...ends]),
    columns: Int32Array.from(stored.flat(), ([k]) => k),
    values: Float64Array.from(stored.flat(), ([, value]) => value),
  };
};

/** Rows as a table. */
export const tableOf = (rows: Rows): number[][] => {
  const { features } = rows;
  if (rows.kind === 'dense')
    return Array.from({ length: rows.values.length / features }, (_, i) => [
      ...rows.values.subarray(i * features, (i + 1) * features),
    ]);
  return Array.from({ length: rows.starts.length - 1 }, (_, i) => {
    const row = new Array<number>(features).fill(0);
    for (let entry = rows.starts[i]!; entry < rows.starts[i + 1]!; entry++)
      row[rows.columns[entry]!] = rows.values[entry]!;
    return row;
  });
};

export interface Given {
  readonly kind?: 'dense' | 'sparse';
  readonly shape?: readonly number[];
  readonly classes?: number;
  readonly train: readonly (readonly number[])[];
  readonly test?: readonly (readonly number[])[];
  readonly labels?: readonly number[];
  readonly testLabels?: readonly number[];
}

/** Data of a few rows, all labelled 0 unless said otherwise. */
export const dataOf = ({ kind = 'dense', train, test = train, labels, testLabels, ...given }: Given): AttackedData => {
  const features = train[0]!.length;
  const examples = (table: readonly (readonly number[])[], named: readonly number[] | undefined) => ({
    count: table.length,
    inputs: rowsOf(kind, table, features),
    labels: Float64Array.from(named ?? table.map(() => 0)),
  });
  const { shape = [features], classes = 2 } = given;
  return { name: 'rows', shape, classes, train: examples(train, labels), test: examples(test, testLabels ?? labels) };
};

/** What an attack on features makes of data. */
export const poisoned = (rule: PoisonRule, data: AttackedData, random: Random = draws()): Poisoned =>
  rule.poison(data, random);
