import { ANYTHING, NOTHING, OnlyChange } from '../only-change.js';
import type { VectorShape, WeightedMedian, WeightedVectors } from '../vector-kernels.js';
import type { Vector } from '../vector.js';
import { OrderedColumns, orderedColumnsBytes } from './ordered-columns.js';
import { MANY } from './running-mean.js';

/** The most that columns in order may take, in bytes: four times as much as the vectors themselves. */
const MOST_BYTES = 2 ** 26;

/** Whether columns may be kept in order for inputs of a shape. */
const isSmall = ({ count, dimension }: VectorShape): boolean => orderedColumnsBytes(count, dimension) <= MOST_BYTES;

/** Medians of many vectors of which one at a time changes: the columns are kept in order. */
class FollowedMedian {
  readonly #change = new OnlyChange();
  readonly #shape: VectorShape;
  #columns: OrderedColumns | undefined;
  #known = 0;
  #whole = false;

  constructor(shape: VectorShape) {
    this.#shape = shape;
  }

  /** Writes the median; false where vectors are few, or more than one has changed, or none says so. */
  take(input: WeightedVectors, out: Vector): boolean {
    const place = this.#change.next(input);
    if (input.count < MANY || input.version === undefined) {
      this.#change.forget();
      this.#whole = false;
      return false;
    }
    // Putting all in order takes longer than one median: it is done when one change at a time is likely to follow another.
    const whole = this.#whole;
    this.#whole = place !== ANYTHING;
    if (!this.#whole) return false;
    if (!whole) this.#readAll(input);
    else if (place !== NOTHING) this.#read(input, place);
    this.#columns!.median(out);
    return true;
  }

  #readAll({ vectors, weights, count }: WeightedVectors): void {
    this.#columns ??= new OrderedColumns(this.#shape.count, this.#shape.dimension);
    this.#columns.clear();
    for (let i = 0; i < count; i++) this.#columns.add(i, vectors[i]!, weights[i]!);
    this.#known = count;
  }

  #read({ vectors, weights }: WeightedVectors, place: number): void {
    if (place < this.#known) {
      this.#columns!.replace(place, vectors[place]!, weights[place]!);
    } else {
      this.#columns!.add(place, vectors[place]!, weights[place]!);
      this.#known += 1;
    }
  }
}

/**
 * The weighted median by `scratch`, but in O(d·log m) expected where one of many short vectors at a time changes and says so.
 */
export const followedMedian =
  (scratch: WeightedMedian): WeightedMedian =>
  (shape) => {
    const anew = scratch(shape);
    if (shape.count < MANY || !isSmall(shape)) return anew;
    const followed = new FollowedMedian(shape);
    return (input, out) => {
      if (!followed.take(input, out)) anew(input, out);
    };
  };
