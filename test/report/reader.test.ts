import test from 'ava';
import fc from 'fast-check';
import { from, lastValueFrom } from 'rxjs';
import { activity } from '../../src/report/activity.js';
import { byzantineShare, type ByzantineShareState } from '../../src/report/byzantine-share.js';
import { causes } from '../../src/report/communication.js';
import { condition, type ConditionState } from '../../src/report/condition.js';
import { contraction } from '../../src/report/contraction.js';
import { incidents } from '../../src/report/incidents.js';
import { measure } from '../../src/report/measurements.js';
import { type Reader, readWith } from '../../src/report/reader.js';
import { staleness } from '../../src/report/staleness.js';
import { summarise } from '../../src/report/summarise.js';
import type { SummariseState } from '../../src/report/summarise-state.js';
import { timeline, type TimelineState } from '../../src/report/timeline.js';
import { traceHash } from '../../src/report/trace-hash.js';
import { traffic, type TrafficState } from '../../src/report/traffic.js';
import { work } from '../../src/report/work.js';
import { workerCounts } from '../../src/report/worker-counts.js';
import { anyEvent, severalServers, syntheticRun } from './synthetic-events.js';

/** Every reader, as a function that feeds it up to `stop`, has its state pass through JSON, and goes on. */
const interrupted =
  <Result, State>(make: (from?: State) => Reader<Result, State>) =>
  (events: Parameters<Reader<Result, State>['update']>[0][], stop: number): unknown => {
    let reader = make();
    events.forEach((event, i) => {
      if (i === stop) reader = make(JSON.parse(JSON.stringify(reader.state())) as State);
      reader.update(event);
      if (i % 3 === 0) reader.result();
    });
    return reader.result();
  };

const readers = {
  byzantineShare: interrupted((state?: ByzantineShareState) => byzantineShare(0.4, state)),
  causes: interrupted(causes),
  contraction: interrupted(contraction),
  incidents: interrupted(incidents),
  measure: interrupted(measure),
  staleness: interrupted(staleness),
  summarise: interrupted((state?: SummariseState) =>
    summarise({ metric: { name: 'accuracy', better: 'more' }, lambda: 0.4 }, state),
  ),
  everything: interrupted((state?: SummariseState) =>
    summarise(
      {
        ...{ timed: true, warmUp: { steps: 5 }, sizes: { model: 8, message: 8 } },
        condition: { bound: { lambda: 0.3, f: 1 }, weight: (count) => count, rows: 'gathered', buffers: 2 },
      },
      state,
    ),
  ),
  activity: interrupted(activity),
  condition: interrupted((state?: ConditionState) =>
    condition({ bound: { lambda: 0.3 }, weight: (count) => count, rows: 'latest' }, state),
  ),
  timeline: interrupted((state?: TimelineState) => timeline(100, state)),
  traffic: interrupted((state?: TrafficState) => traffic({ model: 8, message: 4 }, state)),
  traceHash: interrupted(traceHash),
  work: interrupted((state?: number) => work({ batch: 16, rows: 100 }, state)),
  workerCounts: interrupted(workerCounts),
};

for (const [name, run] of Object.entries(readers)) {
  test(`${name}: a reader resumed from its state, as JSON, ends where an uninterrupted one does`, (t) => {
    const events = [...syntheticRun(200), ...severalServers];
    const whole = run(events, -1);
    for (const stop of [0, 1, 2, 17, 300, events.length - 8, events.length - 1]) t.deepEqual(run(events, stop), whole);
    t.notDeepEqual(run(events.slice(0, 50), -1), whole);
  });

  test(`${name}: whatever the events, interruption changes nothing`, (t) => {
    const reserved = [
      ...['time', 'step', 'messages', 'byzantineShare', 'stalenessMean', 'byzantineWeight', 'bytesDown', 'bytesUp'],
      'bytesBetween',
      ...['utilisation', 'honestSpread', 'byzantineDistance', 'gradients', 'passes'],
    ];
    const events = anyEvent.filter(
      (event) => event.kind !== 'evaluated' || !reserved.some((key) => Object.hasOwn(event.scores, key)),
    );
    fc.assert(
      fc.property(fc.array(events, { minLength: 1, maxLength: 30 }), fc.nat(29), (list, stop) => {
        t.deepEqual(run(list, stop), run(list, -1));
      }),
    );
  });
}

test('readWith emits the result when the run completes, and starts anew for every subscriber', async (t) => {
  const events = syntheticRun(20);
  const result = from(events).pipe(readWith(() => byzantineShare()));
  const { messages } = await lastValueFrom(result);
  t.is(messages, 20);
  t.is((await lastValueFrom(result)).messages, 20);
});
