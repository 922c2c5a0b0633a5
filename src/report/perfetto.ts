import type { SimulationEvent } from '../engine/event.js';
import { instant, MICROSECONDS, SERVER, SERVERS, type TraceEvent, WORKERS } from './perfetto-event.js';
import { PerfettoPosts } from './perfetto-posts.js';
import { type Activity, WorkerClock } from './worker-clock.js';

interface Slice {
  readonly activity: Activity;
  readonly from: number;
  readonly to: number;
}

const nameOf: Readonly<Record<Activity, string>> = {
  ...{ download: 'download', compute: 'compute', upload: 'upload', held: 'held' },
  ...{ waiting: 'waiting', offline: 'away' },
};

/** Names and order of the tracks. */
const metadata = (name: string, pid: number, tid: number, value: string | number): TraceEvent => ({
  ...{ name, ph: 'M', ts: 0, pid, tid },
  args: { [name.endsWith('sort_index') ? 'sort_index' : 'name']: value },
});

/** A track for each of a group of nodes, numbered from 1. */
const tracksOf = (pid: number, what: string, count: number, byzantine: readonly number[]): readonly TraceEvent[] => {
  const liars = new Set(byzantine);
  return Array.from({ length: count }, (_, i) => i + 1).flatMap((id) => [
    metadata('thread_name', pid, id, liars.has(id) ? `${what} ${id} (Byzantine)` : `${what} ${id}`),
    metadata('thread_sort_index', pid, id, id),
  ]);
};

const tracks = (
  { workers, byzantine, servers, byzantineServers = [] }: SimulationEvent & { readonly kind: 'started' },
  outside: boolean,
): readonly TraceEvent[] => [
  metadata('process_name', SERVER, 0, outside ? 'server (outside the theorem)' : 'server'),
  metadata('thread_name', SERVER, 0, 'steps and evaluations'),
  metadata('process_name', WORKERS, 0, 'workers'),
  ...tracksOf(WORKERS, 'worker', workers, byzantine),
  ...(servers === undefined
    ? []
    : [metadata('process_name', SERVERS, 0, 'servers'), ...tracksOf(SERVERS, 'server', servers, byzantineServers)]),
];

/** A counter's changes at instants in any order, as its values in order. */
const counter = (
  name: string,
  changes: readonly (readonly [time: number, amount: number])[],
): readonly TraceEvent[] => {
  let value = 0;
  const events: TraceEvent[] = [];
  for (const [time, amount] of [...changes].sort(([a], [b]) => a - b)) {
    value += amount;
    const event: TraceEvent = {
      ...{ name, ph: 'C', ts: time * MICROSECONDS, pid: SERVER, tid: 0 },
      args: { [name]: value },
    };
    if (events.at(-1)?.ts === event.ts) events[events.length - 1] = event;
    else events.push(event);
  }
  return events;
};

/** Follows a run and gives its events for Perfetto: those that are settled by now, and at its end the rest. */
export class PerfettoTrace {
  readonly #clock = new WorkerClock((worker, activity, from, to) => this.#keep(worker, { activity, from, to }));
  /** What each worker did in its round so far. */
  readonly #slices = new Map<number, Slice[]>();
  readonly #versions = new Map<number, number>();
  readonly #messages: (readonly [time: number, amount: number])[] = [];
  readonly #computing: (readonly [time: number, amount: number])[] = [];
  readonly #posts = new PerfettoPosts();
  #now = 0;

  /** `outside`: whether the run is outside its protocol's theorem, which its first track says. */
  constructor(readonly outside = false) {}

  /** Takes an event in, and gives what is settled by it. */
  update(event: SimulationEvent): readonly TraceEvent[] {
    this.#now = event.time;
    this.#clock.update(event);
    const { kind, time } = event;
    switch (kind) {
      case 'started':
        this.#posts.started(event);
        return tracks(event, this.outside);
      case 'assigned': {
        const before = this.#flush(event.worker, {});
        this.#versions.set(event.worker, event.version);
        return before;
      }
      case 'received': {
        const { worker, version, staleness, byzantine } = event;
        const args = { version, staleness, byzantine };
        return [...this.#flush(worker, args), instant('arrival', time, WORKERS, worker, args)];
      }
      case 'dropped': {
        const { worker, version, reason } = event;
        const dropped = instant(`dropped: ${reason}`, time, WORKERS, worker, { version, reason });
        return reason === 'duplicate' ? [dropped] : [...this.#flush(worker, { version, dropped: reason }), dropped];
      }
      case 'turned':
        return [instant(event.byzantine ? 'turns Byzantine' : 'turns honest', time, WORKERS, event.worker)];
      case 'stepped':
        return [instant('step', time, SERVER, 0, { step: event.step, norm: event.norm })];
      case 'evaluated':
        return [instant('evaluation', time, SERVER, 0, { step: event.step, ...event.scores })];
      case 'tripped': {
        const { step, level, distance, threshold } = event;
        return [instant('filter trips', time, SERVER, 0, { step, level, distance, threshold })];
      }
      case 'contracted': {
        const { step, before, after } = event;
        return [instant('servers agree', time, SERVER, 0, { step, before, after })];
      }
      case 'scripted':
        return [instant(event.text, time, SERVER, 0)];
      case 'delayed':
        return event.cause === 'offline'
          ? []
          : [instant(`delayed: ${event.cause}`, time, WORKERS, event.worker, { spanMs: event.span })];
      case 'posted':
        return this.#posts.posted(event);
      case 'delivered':
        return this.#posts.delivered(event);
      case 'available':
      case 'finished':
        return [];
      default:
        return kind satisfies never;
    }
  }

  /** What is left when there are no more events: rounds under way, and the counters. */
  end(): readonly TraceEvent[] {
    this.#clock.settleAll(this.#now);
    return [
      ...[...this.#slices.keys()].flatMap((worker) => this.#flush(worker, {})),
      ...counter('messages in flight', this.#messages),
      ...counter('workers computing', this.#computing),
    ];
  }

  #keep(worker: number, slice: Slice): void {
    const { activity, from, to } = slice;
    if (activity === 'upload' || activity === 'held') this.#messages.push([from, 1], [to, -1]);
    if (activity === 'compute') this.#computing.push([from, 1], [to, -1]);
    const slices = this.#slices.get(worker) ?? [];
    slices.push(slice);
    this.#slices.set(worker, slices);
  }

  #flush(worker: number, args: NonNullable<TraceEvent['args']>): readonly TraceEvent[] {
    const slices = this.#slices.get(worker) ?? [];
    this.#slices.set(worker, []);
    const version = this.#versions.get(worker);
    const round = version === undefined ? args : { version, ...args };
    return slices
      .filter(({ activity }) => activity !== 'waiting')
      .map(({ activity, from, to }): TraceEvent => ({
        ...{ name: nameOf[activity], ph: 'X', ts: from * MICROSECONDS, dur: (to - from) * MICROSECONDS },
        ...{ pid: WORKERS, tid: worker, args: activity === 'offline' ? {} : round },
      }));
  }
}
