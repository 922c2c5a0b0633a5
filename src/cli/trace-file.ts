import { createWriteStream, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { SimulationEvent } from '../engine/event.js';
import { traceLine } from '../report/index.js';

/** Where a trace is written to as a run goes. */
export interface TraceFile {
  write(event: SimulationEvent): void;
  /** Waits until everything is on disk and gives the file its name. */
  close(): Promise<void>;
}

/** `trace.jsonl` in `folder`, one line per event; under a temporary name until it is whole, and gone if the process ends before. */
export const traceFile = (folder: string, outsideTheorem?: readonly string[]): TraceFile => {
  const temporary = join(folder, `.trace.jsonl.${process.pid}`);
  const stream = createWriteStream(temporary);
  let failure: Error | undefined;
  stream.on('error', (error) => (failure = error));
  const remove = (): void => rmSync(temporary, { force: true });
  process.once('exit', remove);
  return {
    write: (event) => void stream.write(`${traceLine(event, outsideTheorem)}\n`),
    async close() {
      if (failure) throw failure;
      stream.end();
      await finished(stream);
      await rename(temporary, join(folder, 'trace.jsonl'));
      process.off('exit', remove);
    },
  };
};
