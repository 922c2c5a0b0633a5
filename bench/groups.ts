import { byzflGroup } from './byzfl.js';
import { digitsBench } from './digits.js';
import { eventQueueBench, eventQueueVersions } from './event-queue.js';
import { gradientGroup } from './gradient.js';
import type { Group } from './group.js';
import { roundsBench } from './rounds.js';
import { rulesGroup } from './rules.js';
import { scaleBench } from './scale.js';
import { simulateBench } from './simulate.js';
import { stepGroup } from './step.js';

/** What `npm run bench` measures, by the names that it takes, in the order of its table. */
export const groups: Readonly<Record<string, Group>> = {
  'event-queue': {
    summary: 'the virtual-time scheduler, beside RxJS’s own and SimPy',
    versions: eventQueueVersions,
    measure: eventQueueBench,
  },
  simulate: { summary: 'whole runs on a quadratic', measure: () => Promise.resolve(simulateBench()) },
  scale: {
    summary: 'whole runs with up to a million workers',
    measure: () => Promise.resolve(scaleBench()),
  },
  rounds: { summary: 'rounds of Byz-VR-MARINA-PP on sparse rows', measure: roundsBench },
  digits: { summary: 'drawing the built-in digits', measure: digitsBench },
  gradient: gradientGroup,
  rules: rulesGroup,
  byzfl: byzflGroup,
  step: stepGroup,
};
