/** One event of the Trace Event Format, as Chrome and Perfetto read it; times are in virtual microseconds. */
export interface TraceEvent {
  readonly name: string;
  /** A slice, an instant, a counter's value, a name for a track, or the beginning or end of a slice that may overlap others. */
  readonly ph: 'X' | 'i' | 'C' | 'M' | 'b' | 'e';
  readonly ts: number;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  /** An instant marks its own thread. */
  readonly s?: 't';
  /** What a beginning and its end have in common. */
  readonly cat?: string;
  readonly id?: number;
  readonly args?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Groups of tracks. */
export const SERVER = 1;
export const WORKERS = 2;
export const SERVERS = 3;

export const MICROSECONDS = 1000;

/** An instant on a track. */
export const instant = (
  name: string,
  time: number,
  pid: number,
  tid: number,
  args?: TraceEvent['args'],
): TraceEvent => ({ name, ph: 'i', ts: time * MICROSECONDS, pid, tid, s: 't', ...(args && { args }) });
