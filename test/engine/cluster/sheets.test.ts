import test from 'ava';
import type { Cluster, ClusterProtocol } from '../../../src/engine/index.js';
import type { Sheet } from '../../../src/engine/cluster/letter.js';
import { Sheets } from '../../../src/engine/cluster/sheets.js';
import { plainKernels } from '../../../src/kernels/index.js';
import { drop, duplicate } from '../../../src/carriers/index.js';
import { exponential } from '../../../src/random/index.js';
import { signFlip } from '../../../src/attacks/sign-flip.js';
import { guanyu } from '../../../src/protocols/index.js';
import { stale } from '../../../src/attacks/servers/stale.js';
import { clusterPlan, eventsOf, only, probed, serversOf } from './small-cluster.js';

test('a sheet is used anew once nobody holds it any more', (t) => {
  const sheets = new Sheets(plainKernels().memory, 'float64', 3, 1);
  const one = sheets.copy(Float64Array.of(1, 2, 3));
  t.deepEqual([...one.vector], [1, 2, 3]);
  t.is(sheets.hold(one), one);
  sheets.release(one);
  const other = sheets.take();
  t.not(other, one);
  sheets.release(one);
  t.is(sheets.take(), one);
  t.notThrows(() => sheets.release(undefined));
});

test('sheets beyond the reserved ones are no part of the run’s memory', (t) => {
  const { memory } = plainKernels();
  const sheets = new Sheets(memory, 'float32', 64, 2);
  for (let k = 0; k < 2; k++) sheets.take();
  const { claimed } = memory;
  t.true(claimed > 0);
  t.true(sheets.take().vector instanceof Float32Array);
  t.is(memory.claimed, claimed);
});

test('sheets that would take more memory than there is are refused', (t) => {
  const sheets = new Sheets(plainKernels().memory, 'float64', 2 ** 40, 0);
  const tiny = new Sheets(plainKernels().memory, 'float64', 1, 0);
  t.notThrows(() => tiny.take());
  t.throws(
    () => {
      for (let k = 0; k < 2; k++) sheets.take();
    },
    { message: /GiB of memory; take a larger quorum|Invalid typed array length/ },
  );
});

/** Spoils sheets that nobody holds, and notes who uses them wrongly; and the most that are held at a time. */
const poisoned = (protocol: ClusterProtocol) => {
  const faults: string[] = [];
  const held = new Set<Sheet>();
  const seen = { faults, most: 0 };
  const look = ({ sheets }: Cluster): void => {
    const [take, hold, release] = [sheets.take.bind(sheets), sheets.hold.bind(sheets), sheets.release.bind(sheets)];
    sheets.take = () => {
      const sheet = take();
      if (held.has(sheet)) faults.push('a sheet that is held is handed out');
      held.add(sheet);
      seen.most = Math.max(seen.most, held.size);
      return sheet;
    };
    sheets.hold = (sheet) => {
      if (!held.has(sheet)) faults.push('a sheet is held that was let go of');
      return hold(sheet);
    };
    sheets.release = (sheet) => {
      if (sheet && !held.has(sheet)) faults.push('a sheet is released twice');
      release(sheet);
      if (sheet?.holders !== 0) return;
      sheet.vector.fill(NaN);
      held.delete(sheet);
    };
  };
  return { seen, protocol: probed(protocol, look) };
};

const busy = (steps: number) =>
  clusterPlan({
    stop: { steps },
    attack: signFlip(),
    servers: serversOf(6, 1, {
      attack: stale({ age: 2 }),
      carriers: [
        (context) => drop({ drop: 0.1 }).carrier(context, 'drop'),
        (context) => duplicate({ duplicate: 0.2, after: () => exponential(3) }).carrier(context, 'twice'),
      ],
      carriersBetween: [(context) => drop({ drop: 0.1 }).carrier(context, 'drop')],
      retry: new Array<number>(50).fill(4),
    }),
  });

test('no sheet is read, held or released once it is let go of: spoiled ones change nothing', (t) => {
  const { seen, protocol } = poisoned(guanyu());
  const events = eventsOf(busy(60), protocol);
  t.deepEqual(seen.faults, []);
  t.is(only(events, 'stepped').length, 60);
  t.true(only(events, 'evaluated').every(({ scores }) => Object.values(scores).every(Number.isFinite)));
  t.deepEqual(events, eventsOf(busy(60), guanyu()));
});

test('no sheet leaks: a longer run holds no more of them', (t) => {
  const mostOf = (steps: number): number => {
    const { seen, protocol } = poisoned(guanyu());
    eventsOf(busy(steps), protocol);
    return seen.most;
  };
  const [short, long] = [mostOf(50), mostOf(500)];
  t.true(long < 2 * short, `${short} sheets in 50 steps, ${long} in 500`);
});
