import test from 'ava';
import { simulate, type Intervention, type Plan, type SimulationEvent, type World } from '../../src/engine/index.js';
import { momentum, mu2Sgd, sgd, type Method } from '../../src/methods/index.js';
import { asynchronous } from '../../src/protocols/index.js';
import type { Formula } from '../../src/registry/formula.js';
import { planOf, workersOf } from './small-plan.js';

const eventsOf = (plan: Plan, protocol = asynchronous(), watch?: (world: World) => void): SimulationEvent[] => {
  const events: SimulationEvent[] = [];
  simulate(plan, protocol, undefined, watch).subscribe((event) => events.push(event));
  return events;
};

type Rate = number | Formula;

const methods = {
  sgd: (lr: Rate) => sgd({ lr }),
  momentum: (lr: Rate) => momentum({ lr, beta: 0.5 }),
  'mu2-sgd': (lr: Rate) => mu2Sgd({ lr }),
};

test('an lr that the script sets is as if the method’s own formula had said so', (t) => {
  for (const [name, method] of Object.entries(methods)) {
    const common = { workers: workersOf(3, { timed: true }), stop: { steps: 30 } };
    const script: Intervention[] = [
      { kind: 'lr', at: { steps: 10 }, text: 'lr becomes 0.02', lr: () => 0.02 },
      { kind: 'lr', at: { steps: 20 }, text: 'lr becomes 1 / t', lr: ({ t: step }) => 1 / step! },
    ];
    const scripted = eventsOf(planOf({ ...common, method: method(0.1), script }));
    const own = ({ t: step }: Readonly<Record<string, number>>) => (step! <= 10 ? 0.1 : step! <= 20 ? 0.02 : 1 / step!);
    const formula = eventsOf(planOf({ ...common, method: method(own) }));
    t.deepEqual(scripted.filter(({ kind }) => kind !== 'scripted'), formula, name); // prettier-ignore
    t.deepEqual(scripted.flatMap((event) => (event.kind === 'scripted' ? [event.text] : [])), ['lr becomes 0.02', 'lr becomes 1 / t']); // prettier-ignore
  }
});

test('a method whose lr can’t be set is refused where the script sets it', (t) => {
  let failed: unknown;
  const own = sgd({ lr: 0.1 });
  const method: Method = {
    ...own,
    update: (...given) => {
      const update = own.update(...given);
      return { state: {}, step: (...step) => update.step(...step) };
    },
  };
  const script: Intervention[] = [{ kind: 'lr', at: { steps: 1 }, text: 'lr becomes 1', lr: () => 1 }];
  simulate(planOf({ method, script }), asynchronous()).subscribe({ error: (error: unknown) => (failed = error) });
  t.true(failed instanceof RangeError && failed.message.includes('the method has none that can be changed'));
});
