/** Values this close to the least, relatively, are equal to it. */
const TIE_TOLERANCE = 1e-9;

/** The place of the first of the least of `count` values, to rounding. */
export const firstLeast = (values: Float64Array, count: number): number => {
  let least = Infinity;
  for (let i = 0; i < count; i++) least = Math.min(least, values[i]!);
  let first = 0;
  while (values[first]! > least * (1 + TIE_TOLERANCE)) first++;
  return first;
};
