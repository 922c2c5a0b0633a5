/** ‖a − b‖ / ‖b‖ of two vectors of one length; NaN where the lengths differ. */
export const relativeDifference = (a: Readonly<ArrayLike<number>>, b: Readonly<ArrayLike<number>>): number => {
  if (a.length !== b.length) return NaN;
  let difference = 0;
  let size = 0;
  for (let k = 0; k < a.length; k++) {
    difference += (a[k]! - b[k]!) ** 2;
    size += b[k]! ** 2;
  }
  return Math.sqrt(difference / size);
};
