/** Number of test examples that an objective scores between two yields. */
export const evaluationSlice = 200;
