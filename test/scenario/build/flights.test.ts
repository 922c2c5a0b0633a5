import test from 'ava';
import type { SimulationEvent } from '../../../src/engine/index.js';
import { simulate } from '../../../src/engine/index.js';
import { meanOf } from '../../carriers/lane.js';
import { build, smallBut } from '../small-scenario.js';

type Changes = Readonly<Record<string, unknown>>;

const eventsOf = async (changes: Changes): Promise<readonly SimulationEvent[]> => {
  const { plan, protocol } = await build(smallBut(changes));
  const events: SimulationEvent[] = [];
  simulate(plan, protocol).subscribe((event) => events.push(event));
  return events;
};

/** From a run: mean number of messages on their way up over time, and their rate times their mean flight, in a window. */
const flights = async (seed: number): Promise<readonly [number: number, product: number]> => {
  const [begin, end] = [20_000, 200_000];
  const events = await eventsOf({
    seed,
    workers: { count: 8, speed: 'id' },
    network: {
      ...{ compute: 'exponential(1 / speed)', upload: 'exponential(50ms)', loss: 0.1, retry: { timeout: '300ms' } },
      link: { service: 'exponential(40ms)', phase: 'upload' },
    },
    stop: { time: '210s' },
  });
  const left = new Float64Array(9);
  let [area, flight, count] = [0, 0, 0];
  for (const event of events) {
    if (event.kind === 'assigned') left[event.worker] = event.time + event.download + event.compute;
    else if (event.kind === 'delayed' && event.phase === 'download') left[event.worker]! += event.span;
    else if (event.kind === 'received') {
      const from = left[event.worker]!;
      area += Math.max(0, Math.min(event.time, end) - Math.max(from, begin));
      if (event.time < begin || event.time >= end) continue;
      flight += event.time - from;
      count += 1;
    }
  }
  return [area / (end - begin), (count / (end - begin)) * (flight / count)];
};

test('Little’s law holds on messages in flight: their number is their rate times their time', async (t) => {
  const gaps: number[] = [];
  for (let seed = 1; seed <= 12; seed++) {
    const [number, product] = await flights(seed);
    t.true(number > 1, `${number}`);
    gaps.push(number - product);
  }
  const [gap, error] = meanOf(gaps);
  t.true(Math.abs(gap) < 3 * error && Math.abs(gap) < 0.01, `${gap} ± ${error}`);
});
