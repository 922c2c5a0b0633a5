import type { SimulationEvent } from '../engine/event.js';
import { jsonNumber, jsonScores } from './json-number.js';

/**
 * One line of trace.jsonl, without its end: the event's fields in the order of their declaration, scores by name; what is not finite
 * is `null`. The start of a run outside its protocol's theorem says so.
 */
export const traceLine = (event: SimulationEvent, outsideTheorem?: readonly string[]): string =>
  JSON.stringify(event.kind === 'started' && outsideTheorem ? { ...plain(event), outsideTheorem } : plain(event));

/** A message's size, where it is its own, and how many of its numbers were lost, where some were. */
const own = ({ bytes, missing }: { readonly bytes?: number; readonly missing?: number }): object => ({
  ...(bytes !== undefined && { bytes }),
  ...(missing !== undefined && { missing }),
});

const plain = (event: SimulationEvent): object => {
  const { kind, time } = event;
  switch (kind) {
    case 'started': {
      const { workers, byzantine, dimension, servers, byzantineServers } = event;
      return { kind, time, workers, byzantine, dimension, ...(servers !== undefined && { servers, byzantineServers }) };
    }
    case 'assigned': {
      const { worker, version, download, compute, upload, gradients } = event;
      return { kind, time, worker, version, download, compute, upload, ...(gradients !== undefined && { gradients }) };
    }
    case 'received': {
      const { worker, byzantine, version, staleness, count, loss } = event;
      return { kind, time, worker, byzantine, version, staleness, count, loss: jsonNumber(loss), ...own(event) };
    }
    case 'dropped': {
      const { worker, byzantine, version, reason } = event;
      return { kind, time, worker, byzantine, version, reason, ...own(event) };
    }
    case 'delayed': {
      const { worker, phase, span, cause } = event;
      return { kind, time, worker, phase, span, cause };
    }
    case 'available': {
      const { worker, available } = event;
      return { kind, time, worker, available };
    }
    case 'turned': {
      const { worker, byzantine } = event;
      return { kind, time, worker, byzantine };
    }
    case 'scripted':
      return { kind, time, text: event.text };
    case 'stepped': {
      const { step, norm, rounds } = event;
      return { kind, time, step, norm: jsonNumber(norm), ...(rounds !== undefined && { rounds }) };
    }
    case 'tripped': {
      const { step, level, distance, threshold } = event;
      return { kind, time, step, level, distance: jsonNumber(distance), threshold: jsonNumber(threshold) };
    }
    case 'posted': {
      const { from, to, content, step, bytes, span } = event;
      return { kind, time, from, to, content, step, bytes, span: jsonNumber(span) };
    }
    case 'delivered': {
      const { from, to, content, step, outcome } = event;
      return { kind, time, from, to, content, step, outcome };
    }
    case 'contracted': {
      const { step, before, after } = event;
      return { kind, time, step, before: jsonNumber(before), after: jsonNumber(after) };
    }
    case 'evaluated': {
      const { step, messages, scores } = event;
      return { kind, time, step, messages, scores: jsonScores(scores) };
    }
    case 'finished': {
      const { step, messages } = event;
      return { kind, time, step, messages };
    }
    default:
      return kind satisfies never;
  }
};
