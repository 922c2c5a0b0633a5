import type { SimulationEvent } from '../engine/event.js';
import { jsonNumber, jsonScores } from './json-number.js';

/** One line of trace.jsonl, without its end: the event's fields in the order of their declaration, scores by name; what is not finite is `null`. */
export const traceLine = (event: SimulationEvent): string => JSON.stringify(plain(event));

/** A message's size, where it is its own. */
const own = ({ bytes }: { readonly bytes?: number }): object => (bytes === undefined ? {} : { bytes });

const plain = (event: SimulationEvent): object => {
  const { kind, time } = event;
  switch (kind) {
    case 'started': {
      const { workers, byzantine, dimension } = event;
      return { kind, time, workers, byzantine, dimension };
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
      const { step, norm } = event;
      return { kind, time, step, norm: jsonNumber(norm) };
    }
    case 'tripped': {
      const { step, level, distance, threshold } = event;
      return { kind, time, step, level, distance: jsonNumber(distance), threshold: jsonNumber(threshold) };
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
