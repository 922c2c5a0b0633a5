import type { Memory } from '../memory.js';
import { claimLinear, type LinearClaim, type RowsClaim } from '../row-claims.js';
import type { LinearLoops, LinearModel, RowKernels } from '../row-kernels.js';
import type { Examples, Rows } from '../rows.js';
import type { ReadonlyVector } from '../vector.js';
import type { RowExports } from './row-exports.js';

/** The word of a table in which the kernels count rows with the right class. */
const CORRECT = 7;

/** Copies the rows that have their place in memory as a whole, and fills the kernels' table of them. */
const place = (claim: RowsClaim, { scores }: LinearClaim, inputs: Rows, { outputs, bias }: LinearModel): void => {
  const { starts, columns, values, table } = claim;
  if (inputs.kind === 'sparse') {
    starts.set(inputs.starts);
    columns.set(inputs.columns);
  }
  if (claim.whole) values.set(inputs.values);
  table.set([
    inputs.kind === 'sparse' ? starts.byteOffset : 0,
    columns.byteOffset,
    values.byteOffset,
    inputs.features,
    outputs,
    Number(bias),
    scores.byteOffset,
  ]);
};

/** Copies `count` float32 bit patterns. */
const copyBits = (source: Uint32Array, from: number, count: number, out: Uint32Array, to: number): void => {
  for (let k = 0; k < count; k++) out[to + k] = source[from + k]!;
};

/** Makes a row the `i`-th of the block that is handed to the kernels. */
type Choose = (i: number, row: number) => void;

const chooser = ({ whole, values }: RowsClaim, chosen: Int32Array, inputs: Rows): Choose => {
  if (whole)
    return (i, row) => {
      chosen[i] = row;
    };
  const { features } = inputs;
  // As integers the values move without being converted to float64 and back.
  const source = new Uint32Array(inputs.values.buffer, inputs.values.byteOffset, inputs.values.length);
  const block = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return (i, row) => {
    chosen[i] = i;
    copyBits(source, row * features, features, block, i * features);
  };
};

/** The SIMD kernels on parameters in `buffer`, and `plain` on those that are elsewhere. */
export const simdRows = (kernels: RowExports, memory: Memory, buffer: ArrayBuffer, plain: RowKernels): RowKernels => {
  const isHere = (vector: ReadonlyVector): vector is Float64Array =>
    vector instanceof Float64Array && vector.buffer === buffer;

  const linear = (model: LinearModel, train: Examples, test: Examples): LinearLoops => {
    const { loss, outputs, bias, l2 } = model;
    const reference = plain.linear(model, train, test);
    const claim = claimLinear(memory, model, train, test);
    place(claim.train, claim, train.inputs, model);
    if (claim.test !== claim.train) place(claim.test, claim, test.inputs, model);
    const { chosen, labels: held } = claim;
    const weights = outputs * train.inputs.features;
    const chooseTrain = chooser(claim.train, chosen, train.inputs);
    const chooseTest = chooser(claim.test, chosen, test.inputs);
    const gradientOf = kernels[`${loss}Gradient`];
    const scoresOf = kernels[`${loss}Scores`];
    return {
      gradient: (params, rows, labels, out) => {
        if (!isHere(params) || !isHere(out)) return reference.gradient(params, rows, labels, out);
        const { table, block } = claim.train;
        const count = rows.length;
        const squares = kernels.penalize(params.byteOffset, weights, l2, out.byteOffset);
        if (bias) out.fill(0, weights, weights + outputs);
        let sum = 0;
        for (let from = 0; from < count; from += block) {
          const some = Math.min(block, count - from);
          for (let i = 0; i < some; i++) {
            chooseTrain(i, rows[from + i]!);
            held[i] = labels[from + i]!;
          }
          sum = gradientOf(
            table.byteOffset,
            chosen.byteOffset,
            held.byteOffset,
            some,
            1 / count,
            params.byteOffset,
            out.byteOffset,
            sum,
          );
        }
        return sum / count + (l2 > 0 ? (l2 / 2) * squares : 0);
      },
      score: (params, start, end, tally) => {
        if (!isHere(params)) {
          reference.score(params, start, end, tally);
          return;
        }
        const { table, block } = claim.test;
        for (let from = start; from < end; from += block) {
          const some = Math.min(block, end - from);
          for (let i = 0; i < some; i++) {
            chooseTest(i, from + i);
            held[i] = test.labels[from + i]!;
          }
          tally.loss += scoresOf(table.byteOffset, chosen.byteOffset, held.byteOffset, some, params.byteOffset);
          tally.correct += table[CORRECT]!;
        }
      },
    };
  };
  return { linear };
};
