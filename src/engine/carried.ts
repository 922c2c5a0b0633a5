import type { CarrierRule } from './carrier.js';
import { Journeys } from './journeys.js';
import type { Retry } from './retry.js';
import type { TransportRule } from './transport.js';

/** The transport with these carriers in its way, asked in this order; what is lost is sent again after `retry`'s waits. */
export const journeys =
  (carriers: readonly CarrierRule[], retry?: Retry): TransportRule =>
  (context) =>
    new Journeys(
      context,
      carriers.map((carrier) => carrier(context)),
      retry,
    );
