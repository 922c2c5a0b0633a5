import { Ajv2020 } from 'ajv/dist/2020.js';
import test from 'ava';
import { simulate, type SimulationEvent } from '../../src/engine/index.js';
import { catalogue } from '../../src/scenario/catalogue.js';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.js';
import { resolveSource } from '../../src/scenario/resolve.js';
import { yamlSource } from '../../src/scenario/source.js';
import { stringify } from 'yaml';
import { build, refusal, small, smallBut, smallWith } from './small-scenario.js';

const accepts = new Ajv2020({ strict: false }).compile(scenarioJsonSchema());

const nested = {
  kind: 'mixture',
  attacks: [
    { attack: { kind: 'opt', attack: { kind: 'alie', z: 1 }, evaluations: 4 }, share: 0.5 },
    { attack: { kind: 'conditional', attack: 'silent', when: 'step > 9' }, share: 0.5 },
  ],
};

test('attacks within attacks are resolved: names, aliases and what is left out', (t) => {
  t.deepEqual(smallBut({ attack: nested }).attack, {
    kind: 'mixture',
    attacks: [
      {
        attack: { kind: 'optimal', attack: { kind: 'little', z: 1, ddof: 0 }, evaluations: 4, negative: false },
        share: 0.5,
      },
      {
        attack: { kind: 'conditional', attack: { kind: 'silent' }, when: 'step > 9', otherwise: { kind: 'none' } },
        share: 0.5,
      },
    ],
  });
  t.deepEqual(smallBut({ attack: smallBut({ attack: nested }).attack }).attack, smallBut({ attack: nested }).attack);
  t.like(smallWith('attack={kind: optimal, attack: little}', 'attack.attack.z=2').attack, { attack: { z: 2 } });
});

const refused: readonly (readonly [unknown, RegExp])[] = [
  ['optimal', /^attack\.attack: is missing; an attack is needed: none, /],
  [{ kind: 'optimal', attack: 'littel' }, /^attack\.attack: unknown attack "littel".*; did you mean "little"\?$/],
  [{ kind: 'optimal', attack: { kind: 'little', zz: 1 } }, /^attack\.attack\.zz: unknown option "zz" of little/],
  [{ kind: 'scaled', attack: { kind: 'little', z: 'x' }, strength: 1 }, /^attack\.attack\.z: found "x"/],
  [{ kind: 'mixture', attacks: [{ attack: 'littel', share: 1 }] }, /^attack\.attacks\.0\.attack: unknown attack/],
  [{ kind: 'mixture', attacks: [{ atack: 'little', share: 1 }] }, /^attack\.attacks\.0\.atack: unknown key "atack"; allowed are attack, share; did you mean "attack"\?$/],
  [{ kind: 'mixture', attacks: [] }, /^attack\.attacks: found a list; it must be >= 1 long$/],
]; // prettier-ignore

for (const [attack, pattern] of refused)
  test(`refused: ${JSON.stringify(attack)}`, async (t) => {
    t.regex((await refusal(() => smallBut({ attack })))!, pattern);
    t.false(accepts({ ...small, attack }));
  });

for (const [attack, pattern] of [
  [{ kind: 'optimal', attack: 'label-flip' }, /^attack: optimal works on/],
  [
    { kind: 'optimal', attack: { kind: 'scaled', attack: 'little', strength: 'stepp' } },
    /^attack\.attack\.strength: unknown variable "stepp".*"step"\?$/,
  ],
  [{ kind: 'mixture', attacks: [{ attack: 'little', share: 0.5 }] }, /sum to 1 are needed, got 0\.5$/],
] as const)
  // prettier-ignore
  test(`refused when it is built: ${JSON.stringify(attack)}`, async (t) => {
    t.regex((await refusal(() => build(smallBut({ attack }))))!, pattern);
  });

test('what is wrong within is told with its own line', async (t) => {
  const text = stringify({ ...small, attack: { kind: 'optimal', attack: { kind: 'little', zz: 1 } } });
  const line = text.split('\n').findIndex((each) => each.includes('zz:')) + 1;
  const told = await refusal(() => resolveSource(yamlSource(text, 'a.yaml'), []));
  t.true(told!.startsWith(`a.yaml:${line}:`), told);
});

test('the JSON Schema takes attacks within attacks, and the list says what options are chosen from', (t) => {
  t.true(accepts({ ...small, attack: nested }), JSON.stringify(accepts.errors));
  const entry = catalogue('attacks').find(({ name }) => name === 'conditional')!;
  t.like(
    entry.parameters.find(({ name }) => name === 'attack'),
    { required: true, kind: 'attacks' },
  );
  t.like(
    entry.parameters.find(({ name }) => name === 'otherwise'),
    { required: false, kind: 'attacks' },
  );
});

const eventsOf = async (changes: object): Promise<{ events: SimulationEvent[]; error: string }> => {
  const { plan, protocol } = await build(smallBut(changes as never));
  const events: SimulationEvent[] = [];
  let error = '';
  simulate(plan, protocol).subscribe({
    next: (event) => events.push(event),
    error: (each: Error) => (error = each.message),
  });
  return { events, error };
};

test('a silent part is never heard of, and the others go on', async (t) => {
  const attack = { kind: 'mixture', attacks: [{ attack: 'little', share: 0.5 }, { attack: 'silent', share: 0.5 }] }; // prettier-ignore
  const { events, error } = await eventsOf({ attack });
  t.is(error, '');
  const heard = new Set(events.flatMap((event) => (event.kind === 'received' ? [event.worker] : [])));
  t.deepEqual([...heard].sort(), [1, 2, 3, 4]);
  const dropped = events.filter((event) => event.kind === 'dropped');
  t.true(dropped.length === 1 && dropped[0]!.worker === 5 && dropped[0]!.reason === 'silent');
});

test('a protocol that waits for all ends, and says who is silent', async (t) => {
  const { error } = await eventsOf({ attack: 'silent', protocol: 'synchronous' });
  t.regex(error, /round 1 waits for 2 more of the messages of workers 4, 5; workers 4, 5 kept silent/);
});

test('where arrivals are drawn, a silent worker’s turn passes', async (t) => {
  const protocol = { kind: 'asynchronous', arrivals: 'sampled', byzantineShare: 0.4 };
  const { events, error } = await eventsOf({ attack: 'silent', protocol, network: undefined });
  t.is(error, '');
  t.is(events.filter((event) => event.kind === 'stepped').length, 50);
  t.true(events.every((event) => event.kind !== 'received' || event.worker <= 3));
});
