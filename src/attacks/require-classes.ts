/** Throws a RangeError where labels aren't classes, or there is but one. */
export const requireClasses = (attack: string, classes: number): void => {
  if (classes < 2)
    throw new RangeError(`${attack} needs an objective whose labels are at least 2 classes, got ${classes}`);
};
