/** What the process says when it ends. */
export const exitCode = {
  finished: 0,
  /** The program is at fault. */
  program: 1,
  /** The input is at fault; nothing was written. */
  input: 2,
  /** The simulation cannot go on. */
  stuck: 3,
  /** Interrupted; what was written is whole. */
  interrupted: 130,
} as const;
