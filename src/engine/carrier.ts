import type { SimulationTime } from '../scheduler/time.js';
import type { DelayCause, DropReason } from './event.js';
import type { TransportContext } from './transport.js';

/** What stands between the server and a worker (workers numbered from 0). Carriers are asked in order. */
export interface Carrier {
  /**
   * What becomes of what leaves `held` virtual milliseconds from now, since carriers before this one hold it so long, and takes
   * `span` until it arrives, that included. It is asked anew whenever the same is sent again.
   */
  verdict?(worker: number, phase: 'download' | 'upload', span: SimulationTime, held: SimulationTime): Verdict;
  /**
   * The same of what one worker sends another, where workers are each other's servers; unless given, `verdict` is asked about the
   * sender's upload and then about the reader's download.
   */
  between?(from: number, to: number, span: SimulationTime, held: SimulationTime): Verdict;
  /** How much longer a message takes that has come as far as the server's door now; 0: not at all. */
  arriving?(worker: number): SimulationTime;
}

/**
 * A carrier's word on what leaves: how much longer it takes, and why; how much later it leaves; that it never comes; or, of messages, that a copy comes
 * so many virtual milliseconds after the message itself; null: nothing is in the way.
 */
export type Verdict =
  | null
  | { readonly delay: SimulationTime; readonly cause: DelayCause }
  | { readonly hold: SimulationTime }
  | { readonly drop: DropReason }
  | { readonly copy: SimulationTime };

/** Makes a carrier for a run. */
export type CarrierRule = (context: TransportContext) => Carrier;
