/** A quantity of the run, such as a delay or a learning rate, left its range at a moment that no check could foresee. */
export class OutOfRangeError extends RangeError {
  override readonly name = 'OutOfRangeError';
}
