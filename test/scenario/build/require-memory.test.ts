import test from 'ava';
import { plain, type KernelSource } from '../../../src/kernels/index.js';
import { buildRun } from '../../../src/scenario/build.js';
import { refusal, small, smallBut } from '../small-scenario.js';

const scenario = smallBut({ learn: { model: { ...small.learn.model, dimension: 1_000_000 } } });

const given = (memory: number, limit = Infinity): Promise<string | undefined> => {
  const kernels: KernelSource = { ...plain, kind: 'simd', limit };
  return refusal(() => buildRun(scenario, { directory: '/nowhere', kernels, memory }));
};

test('a run that fits is built', async (t) => {
  t.is(await given(1e9), undefined);
});

test('a run is refused that needs more than there is, or than its kernels reach', async (t) => {
  const what = String.raw`^workers\.count: a run of 5 workers with 1000000 parameters needs 0\.\d GB of memory, more than the 0\.0 GB`;
  const less = 'take fewer workers or a smaller model';
  const way = ', or use plain kernels, which reach further';
  t.regex((await given(1e6))!, new RegExp(`${what} that there is; ${less}$`));
  t.regex((await given(1e9, 1e6))!, new RegExp(`${what} that simd kernels reach; ${less}${way}$`));
  t.regex((await given(1e6, 1e6))!, new RegExp(`${what} that simd kernels reach; ${less}$`));
});
