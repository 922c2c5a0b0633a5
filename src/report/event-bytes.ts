import type { SimulationEvent } from '../engine/event.js';
import type { Scores } from '../learning/objective.js';

/** Writes the canonical bytes of an event, as `traceHash` defines them. */
export const writeEvent = (
  event: SimulationEvent,
  byte: (value: number) => void,
  number: (value: number) => void,
  name: (value: string) => void,
): void => {
  switch (event.kind) {
    case 'started':
      byte(1);
      number(event.time);
      number(event.workers);
      number(event.byzantine.length);
      event.byzantine.forEach((id) => number(id));
      number(event.dimension);
      if (event.servers === undefined) return;
      byte(255);
      number(event.servers);
      number(event.byzantineServers!.length);
      event.byzantineServers!.forEach((id) => number(id));
      return;
    case 'assigned':
      byte(2);
      number(event.time);
      number(event.worker);
      number(event.version);
      number(event.download);
      number(event.compute);
      number(event.upload);
      return;
    case 'received':
      byte(3);
      number(event.time);
      number(event.worker);
      byte(event.byzantine ? 1 : 0);
      number(event.version);
      number(event.staleness);
      number(event.count);
      number(event.loss);
      writeOwn(event.bytes, byte, number);
      writeOwn(event.missing, byte, number, 254);
      return;
    case 'stepped':
      byte(4);
      number(event.time);
      number(event.step);
      number(event.norm);
      writeOwn(event.rounds, byte, number);
      return;
    case 'evaluated':
      byte(5);
      number(event.time);
      number(event.step);
      number(event.messages);
      writeScores(event.scores, number, name);
      return;
    case 'finished':
      byte(6);
      number(event.time);
      number(event.step);
      number(event.messages);
      return;
    default:
      writeIncident(event, byte, number, name);
  }
};

/** A field that not all events of a kind have: after a byte with which no event begins. */
const writeOwn = (
  value: number | undefined,
  byte: (value: number) => void,
  number: (value: number) => void,
  mark = 255,
): void => {
  if (value === undefined) return;
  byte(mark);
  number(value);
};

const writeScores = (scores: Scores, number: (value: number) => void, name: (value: string) => void): void => {
  const names = Object.keys(scores).sort();
  number(names.length);
  for (const score of names) {
    name(score);
    number(scores[score]!);
  }
};

type Regular = 'started' | 'assigned' | 'received' | 'stepped' | 'evaluated' | 'finished';

type BetweenNodes = 'posted' | 'delivered' | 'contracted';

/** What doesn't happen in every run. */
const writeIncident = (
  event: Exclude<SimulationEvent, { readonly kind: Regular }>,
  byte: (value: number) => void,
  number: (value: number) => void,
  name: (value: string) => void,
): void => {
  switch (event.kind) {
    case 'dropped':
      byte(7);
      number(event.time);
      number(event.worker);
      byte(event.byzantine ? 1 : 0);
      number(event.version);
      name(event.reason);
      writeOwn(event.bytes, byte, number);
      return;
    case 'delayed':
      byte(8);
      number(event.time);
      number(event.worker);
      name(event.phase);
      number(event.span);
      name(event.cause);
      return;
    case 'available':
      byte(9);
      number(event.time);
      number(event.worker);
      byte(event.available ? 1 : 0);
      return;
    case 'turned':
      byte(10);
      number(event.time);
      number(event.worker);
      byte(event.byzantine ? 1 : 0);
      return;
    case 'scripted':
      byte(11);
      number(event.time);
      name(event.text);
      return;
    case 'tripped':
      byte(12);
      number(event.time);
      number(event.step);
      number(event.level);
      number(event.distance);
      number(event.threshold);
      return;
    default:
      writeBetweenNodes(event, byte, number, name);
  }
};

/** What happens between several servers and workers. */
const writeBetweenNodes = (
  event: Extract<SimulationEvent, { readonly kind: BetweenNodes }>,
  byte: (value: number) => void,
  number: (value: number) => void,
  name: (value: string) => void,
): void => {
  switch (event.kind) {
    case 'posted':
      byte(13);
      number(event.time);
      number(event.from);
      number(event.to);
      name(event.content);
      number(event.step);
      number(event.bytes);
      number(event.span);
      return;
    case 'delivered':
      byte(14);
      number(event.time);
      number(event.from);
      number(event.to);
      name(event.content);
      number(event.step);
      name(event.outcome);
      return;
    case 'contracted':
      byte(15);
      number(event.time);
      number(event.step);
      number(event.before);
      number(event.after);
      return;
    default:
      event satisfies never;
  }
};
