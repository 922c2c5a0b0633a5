import test from 'ava';
import { definePart } from '../../../src/registry/part.js';
import { asynchronous, asynchronousPart, type AsynchronousOptions } from '../../../src/protocols/asynchronous.js';
import { protocols } from '../../../src/protocols/index.js';
import { outsideTheorem } from '../../../src/scenario/build/outside-theorem.js';
import type { Crew } from '../../../src/engine/protocol.js';
import { build, refusal, smallBut } from '../small-scenario.js';

const crewOf = (...byzantine: readonly boolean[]): Crew => ({
  workers: byzantine.map((each) => ({ byzantine: each })),
  rule: { kind: 'mean' },
});

/** A protocol whose theorem wants at most one Byzantine worker, and a median. */
const strict = {
  outside: ({ workers, rule }: Crew): readonly string[] => {
    const liars = workers.filter(({ byzantine }) => byzantine).length;
    return [
      ...(liars > 1 ? [`The theorem holds for at most 1 Byzantine worker, found ${liars}.`] : []),
      ...(rule.kind === 'cwmed' ? [] : [`A median is needed, found ${rule.kind}.`]),
    ];
  },
};

test('preconditions that do not hold are refused with the sentences that state them', async (t) => {
  const refused = (crew: Crew): Promise<string | undefined> => refusal(() => outsideTheorem({}, strict, crew));
  t.is(
    await refused(crewOf(true, true, false)),
    'protocol: the theorem holds for at most 1 Byzantine worker, found 2; a median is needed, found mean; --allow-unsafe runs it anyway, outside the theorem',
  );
  t.is(
    await refused(crewOf(true, false)),
    'protocol: a median is needed, found mean; --allow-unsafe runs it anyway, outside the theorem',
  );
  t.is(await refused({ ...crewOf(true, false), rule: { kind: 'cwmed' } }), undefined);
});

test('with allowUnsafe they are handed on, as far as there are any', (t) => {
  t.deepEqual(outsideTheorem({ allowUnsafe: true }, strict, crewOf(false)), ['A median is needed, found mean.']);
  t.deepEqual(outsideTheorem({ allowUnsafe: true }, strict, { ...crewOf(false), rule: { kind: 'cwmed' } }), []);
  t.deepEqual(outsideTheorem({}, {}, crewOf(true, true)), []);
});

test('a run knows what it is outside of, and only where it is', async (t) => {
  const stub = definePart({
    ...asynchronousPart,
    create: (options: AsynchronousOptions) => ({ ...asynchronous(options), ...strict }),
  });
  const known: Record<string, unknown> = protocols;
  known.strict = stub;
  t.teardown(() => {
    delete known.strict;
  });
  const strictly = (changes: object) => smallBut({ protocol: 'strict', ...changes });
  t.regex((await refusal(() => build(strictly({}))))!, /^protocol: the theorem .* found 2; --allow-unsafe runs it/);
  t.regex((await refusal(() => build(strictly({ allowUnsafe: false }))))!, /--allow-unsafe/);
  t.deepEqual((await build(strictly({ allowUnsafe: true }))).outside, [
    'The theorem holds for at most 1 Byzantine worker, found 2.',
  ]);
  const inside = strictly({ allowUnsafe: true, workers: { count: 5, byzantine: 1, speed: 'id' } });
  t.is((await build(inside)).outside, undefined);
});
