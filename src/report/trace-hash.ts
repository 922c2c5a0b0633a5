import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { writeEvent } from './event-bytes.js';
import type { Reader } from './reader.js';

/** Where a trace hash stands: the chained digest of the full blocks, and the bytes of the block begun, both hexadecimal. */
export interface TraceHashState {
  readonly chain: string;
  readonly pending: string;
}

const CHAIN_BYTES = 32;
const BLOCK_BYTES = 1 << 15;
const WIDEST_FIELD_BYTES = 8;

/**
 * SHA-256, in hexadecimal, of every event in order: equal for two runs if and only if (but for collisions) every field
 * of every event is equal to the last bit, save that all NaN are one; 0 and −0 differ. What an assigned message costs in gradients
 * (`gradients`) is left out: it was told later than hashes were taken, and follows from the method.
 *
 * The events' canonical bytes are cut into blocks B₁ … Bₙ of 32,768, the last one shorter, perhaps empty; h₀ is 32 zero
 * bytes, hᵢ = SHA-256(hᵢ₋₁ ‖ Bᵢ), and hₙ is the result. Chained, so that where it stands is plain data for a checkpoint.
 * Bytes of an event: one of its kind (started 1, assigned 2, received 3, stepped 4, evaluated 5, finished 6,
 * dropped 7, delayed 8, available 9, turned 10, scripted 11, tripped 12, posted 13, delivered 14, contracted 15), then its
 * fields in the order of their declaration: numbers as little-endian binary64, booleans as one byte, texts as the length
 * and bytes of their UTF-8, lists as their length and items, scores as their number and, by name in code-unit order, the name's UTF-8 length, bytes, and value;
 * of a field that not all such events have, 255 and the field, or nothing: 254 of the second one.
 */
export const traceHash = (from?: TraceHashState): Reader<string, TraceHashState> => {
  const bytes = new Uint8Array(CHAIN_BYTES + BLOCK_BYTES + WIDEST_FIELD_BYTES);
  const view = new DataView(bytes.buffer);
  const end = CHAIN_BYTES + BLOCK_BYTES;
  let at = CHAIN_BYTES;
  if (from !== undefined) {
    const pending = hexToBytes(from.pending);
    bytes.set(hexToBytes(from.chain));
    bytes.set(pending, CHAIN_BYTES);
    at += pending.length;
  }

  const advance = (count: number): void => {
    at += count;
    if (at < end) return;
    bytes.set(sha256(bytes.subarray(0, end)));
    bytes.copyWithin(CHAIN_BYTES, end, at);
    at -= BLOCK_BYTES;
  };
  const byte = (value: number): void => {
    bytes[at] = value;
    advance(1);
  };
  const number = (value: number): void => {
    if (Number.isNaN(value)) {
      view.setUint32(at, 0, true);
      view.setUint32(at + 4, 0x7ff80000, true);
    } else view.setFloat64(at, value, true);
    advance(8);
  };
  const name = (value: string): void => {
    const encoded = utf8ToBytes(value);
    number(encoded.length);
    encoded.forEach(byte);
  };

  return {
    update: (event) => writeEvent(event, byte, number, name),
    result: () => bytesToHex(sha256(bytes.subarray(0, at))),
    state: () => ({
      chain: bytesToHex(bytes.subarray(0, CHAIN_BYTES)),
      pending: bytesToHex(bytes.subarray(CHAIN_BYTES, at)),
    }),
  };
};
