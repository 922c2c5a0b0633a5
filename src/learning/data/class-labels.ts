/** Labels as classes from 0 up, and the number of classes. */
export interface ClassLabels {
  readonly classes: number;
  readonly train: Float64Array;
  readonly test: Float64Array;
}

/**
 * Renumbers labels by rank among those of the training rows: −1, +1 become 0, 1; 1 … k become 0 … k − 1; 0 … k stay.
 * Throws an Error that begins with `name` when there is one class only, or a test row's class isn't among them.
 */
export const classLabels = (name: string, train: Float64Array, test: Float64Array): ClassLabels => {
  const sorted = [...new Set(train)].sort((a, b) => a - b);
  if (sorted.length < 2) {
    throw new Error(`${name}: every training row has the label ${train[0] ?? 'none'}, expected two classes or more.`);
  }
  const ranks = new Map(sorted.map((label, rank) => [label, rank]));
  const renumber = (label: number): number => {
    const rank = ranks.get(label);
    if (rank === undefined) throw new Error(`${name}: a test row has the label ${label}, which no training row has.`);
    return rank;
  };
  return { classes: sorted.length, train: train.map(renumber), test: test.map(renumber) };
};
