/** Who waits for which quorum, and how far that has come: "server 1 waits for the quorum of 5 models of step 3, of which 3 came". */
export const lackingSentence = (
  who: string,
  what: 'models' | 'gradients' | 'aggregates',
  step: number,
  came: number,
  quorum: number,
): string => `${who} waits for the quorum of ${quorum} ${what} of step ${step + 1}, of which ${came} came`;
