import { compared, type Compared } from './compare.js';
import type { Context, Group } from './group.js';
import { vectorsFile } from './inputs.js';
import type { Contender } from './peer.js';
import type { Row } from './row.js';
import type { RuleTask } from './tasks/request.js';

/** Required: the largest ratio to the better of NumPy and PyTorch; of a rule, and of all rules' geometric mean. */
const ruleAtMost = 1.2;
const meanAtMost = 0.25;
/** Required: milliseconds of SMEA. */
const smeaAtMost = 200;

/** The rules by the tasks' words, with their names here. */
const rules: Readonly<Record<string, string>> = {
  average: 'average',
  median: 'coordinate-wise median',
  'trimmed-mean': 'trimmed mean',
  'geometric-median': 'geometric median, 3 steps',
  krum: 'Krum',
  'multi-krum': 'Multi-Krum',
  meamed: 'MeaMed',
  nnm: 'NNM',
  'centred-clipping': 'centred clipping, L = 1, τ = 100',
};

interface Shape {
  readonly m: number;
  readonly d: number;
  readonly f: number;
}

const shapes: readonly Shape[] = [
  { m: 50, d: 66_230, f: 10 },
  { m: 20, d: 1_000_000, f: 4 },
];

/** Where subsets are searched. */
const small: Shape = { m: 17, d: 66_230, f: 4 };

const at = ({ m, d }: Shape): string => `(${m}, ${d.toLocaleString('en')})`;

const taskOf = (rule: string, { m, d, f }: Shape, folder: string): RuleTask => ({
  task: 'rule',
  rule,
  vectors: vectorsFile(folder, m, d),
  rows: m,
  dimension: d,
  weights: new Array<number>(m).fill(1),
  f,
});

/** A row beside the best of those that were measured. */
const besideTheBest = (name: string, { seconds, measured, skipped }: Compared): Row => {
  const base = { name, value: 1000 * seconds, unit: 'ms' };
  const best = measured.reduce<Compared['measured'][number] | undefined>(
    (least, one) => (least && least.seconds <= one.seconds ? least : one),
    undefined,
  );
  if (best === undefined) return { ...base, skipped: skipped.map(({ absent }) => absent).join('; ') };
  const { peer, difference } = best;
  return {
    ...base,
    ratio: seconds / best.seconds,
    peer: peer.name,
    ...(difference === undefined ? {} : { difference }),
    ratioAtMost: ruleAtMost,
  };
};

/** The geometric mean of numbers > 0. */
export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/** One row for all the rules that have a ratio; none where there is none. */
export const meanRow = (name: string, rows: readonly Row[], asked = false): readonly Row[] => {
  const ratios = rows.flatMap(({ ratio }) => ratio ?? []);
  if (ratios.length === 0) return [];
  return [
    {
      name: `geometric mean of ${ratios.length} rules ${name}`,
      value: geometricMean(rows.filter(({ ratio }) => ratio !== undefined).map(({ value }) => value)),
      unit: 'ms',
      ratio: geometricMean(ratios),
      peer: 'the better of the two',
      ...(asked ? { ratioAtMost: meanAtMost } : {}),
    },
  ];
};

/** One rule, where we have it. */
const ruleRow = async (
  { folder, contenders }: Context,
  [word, name]: readonly [string, string],
  shape: Shape,
  peers: readonly Contender[],
): Promise<readonly Row[]> => {
  const comparison = { name: `${name} at ${at(shape)}, f = ${shape.f}`, ours: taskOf(word, shape, folder) };
  const given = await compared(comparison, await contenders.ours(), peers, folder);
  return given ? [besideTheBest(comparison.name, given)] : [];
};

/** The rules that ByzFL has, on unweighted vectors: every one that we have, beside the better of NumPy and PyTorch. */
export const byzflGroup: Group = {
  summary: 'the rules that ByzFL has, beside the better of NumPy and PyTorch',
  measure: async (context) => {
    const peers = [await context.contenders.numpy(), await context.contenders.pytorch()];
    const all: Row[] = [];
    const measured: Row[] = [];
    for (const shape of shapes) {
      const rows: Row[] = [];
      for (const rule of Object.entries(rules)) rows.push(...(await ruleRow(context, rule, shape, peers)));
      measured.push(...rows);
      all.push(...rows, ...meanRow(`at ${at(shape)}`, rows));
    }
    all.push(...meanRow('at both sizes', measured, true));
    all.push(...(await ruleRow(context, ['mda', 'MDA'], small, peers)));
    // A search through thousands of subsets takes NumPy several seconds, and PyTorch more: one of them is enough.
    const smea = await ruleRow(context, ['smea', 'SMEA'], small, peers.slice(0, 1));
    return [...all, ...smea.map((row) => ({ ...row, atMost: smeaAtMost }))];
  },
};
