/** An instant or a span of virtual time, in virtual milliseconds since the run began. */
export type SimulationTime = number;
