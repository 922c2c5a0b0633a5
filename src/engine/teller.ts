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
    // Written out, since spreading is many times slower, and there is one for each message.
    if (gradients === 1) this.emit({ kind: 'assigned', time, worker: worker + 1, version, download, compute, upload });
    else this.emit({ kind: 'assigned', time, worker: worker + 1, version, download, compute, upload, gradients });
  }

  /** A message counts; `bytes` where they aren't the usual number, `missing` where some of its numbers were lost. */
  received(
    worker: number,
    version: number,
    loss: number,
    bytes: number | undefined,
    missing: number | undefined,
  ): void {
    const { now: time, inbox } = this.server;
    const byzantine = this.server.byzantine.members[worker] === 1;
    const staleness = this.server.steps - version;
    const count = inbox.countOf(worker);
    const id = worker + 1;
    if (missing !== undefined) {
      const event = {
        kind: 'received',
        time,
        worker: id,
        byzantine,
        version,
        staleness,
        count,
        loss,
        missing,
      } as const;
      this.emit(bytes === undefined ? event : { ...event, bytes });
    } else if (bytes === undefined)
      this.emit({ kind: 'received', time, worker: id, byzantine, version, staleness, count, loss });
    else this.emit({ kind: 'received', time, worker: id, byzantine, version, staleness, count, loss, bytes });
  }

  /** Nothing is done with a message. */
  dropped(worker: number, version: number, reason: DropReason, bytes: number | undefined): void {
    const { now: time } = this.server;
    const byzantine = this.server.byzantine.members[worker] === 1;
    const event = { kind: 'dropped', time, worker: worker + 1, byzantine, version, reason } as const;
    this.emit(bytes === undefined ? event : { ...event, bytes });
  }

  delayed(worker: number, phase: Phase, span: number, cause: DelayCause): void {
    this.emit({ kind: 'delayed', time: this.server.now, worker: worker + 1, phase, span, cause });
  }

  available(worker: number, available: boolean): void {
    this.emit({ kind: 'available', time: this.server.now, worker: worker + 1, available });
  }
}
