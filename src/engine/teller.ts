import type { DelayCause, DropReason, Phase, SimulationEvent } from './event.js';
import type { Server } from './server.js';
import type { Round } from './transport.js';

/** Puts what happens between a server and its workers (numbered from 0) into events, which number them from 1. */
export class Teller {
  constructor(
    readonly server: Server,
    readonly emit: (event: SimulationEvent) => void,
  ) {}

  /** The model leaves for a worker; `gradients` is what its message costs. */
  assigned(worker: number, { download, compute, upload }: Round, gradients: number): void {
    const { now: time, steps: version } = this.server;
    const cost = gradients === 1 ? undefined : { gradients };
    this.emit({ kind: 'assigned', time, worker: worker + 1, version, download, compute, upload, ...cost });
  }

  /** A message counts; `bytes` where they aren't the usual number. */
  received(worker: number, version: number, loss: number, bytes: number | undefined): void {
    const { now: time, steps, inbox, byzantine } = this.server;
    const event = {
      ...({ kind: 'received', time, worker: worker + 1, byzantine: byzantine.members[worker] === 1 } as const),
      ...{ version, staleness: steps - version, count: inbox.countOf(worker), loss },
    };
    this.emit(bytes === undefined ? event : { ...event, bytes });
  }

  /** Nothing is done with a message. */
  dropped(worker: number, version: number, reason: DropReason, bytes: number | undefined): void {
    const { now: time, byzantine } = this.server;
    const liar = byzantine.members[worker] === 1;
    const event = { kind: 'dropped', time, worker: worker + 1, byzantine: liar, version, reason } as const;
    this.emit(bytes === undefined ? event : { ...event, bytes });
  }

  delayed(worker: number, phase: Phase, span: number, cause: DelayCause): void {
    this.emit({ kind: 'delayed', time: this.server.now, worker: worker + 1, phase, span, cause });
  }

  available(worker: number, available: boolean): void {
    this.emit({ kind: 'available', time: this.server.now, worker: worker + 1, available });
  }
}
