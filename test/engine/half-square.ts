import type { Batch, Objective, Share } from '../../src/learning/objective.js';
import { normal } from '../../src/random/index.js';
import type { Random } from '../../src/random/random.js';

/** A sample z of f(x; z) = ½‖x − z‖², and everything that was drawn, by worker (told from its share). */
export interface HalfSquare extends Objective {
  readonly drawn: ReadonlyMap<number, readonly (readonly number[])[]>;
}

const law = normal(0, 1);

/** f(x; z) = ½‖x − z‖² with z standard normal: its noise is known exactly. Worker i is recognised by the share [i]. */
export const halfSquare = (dimension: number): HalfSquare => {
  const drawn = new Map<number, number[][]>();
  return {
    drawn,
    dimension,
    precision: 'float64',
    statistics: 0,
    classes: 0,
    metric: { name: 'error', better: 'less' },
    initial: (random: Random, out) => {
      for (let k = 0; k < dimension; k++) out[k] = 2 * random.next() - 1;
    },
    initialStatistics: () => undefined,
    batch: (): Batch => ({
      rows: new Int32Array(0),
      labels: new Float64Array(0),
      noise: new Float64Array(dimension),
    }),
    draw(random: Random, share: Share, batch: Batch) {
      for (let k = 0; k < dimension; k++) batch.noise[k] = law.sample(random);
      const worker = share![0]!;
      if (!drawn.has(worker)) drawn.set(worker, []);
      drawn.get(worker)!.push([...batch.noise]);
    },
    gradient(params, batch, out) {
      let value = 0;
      for (let k = 0; k < dimension; k++) {
        out[k] = params[k]! - batch.noise[k]!;
        value += out[k]! * out[k]! * 0.5;
      }
      return value;
    },
    *evaluate(params) {
      yield;
      let error = 0;
      for (let k = 0; k < dimension; k++) error += 0.5 * params[k]! * params[k]!;
      return { error };
    },
  };
};
