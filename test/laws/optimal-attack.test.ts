import test from 'ava';
import { attacks } from '../../src/attacks/index.js';
import { optimal, gridSize, strengthGrid } from '../../src/attacks/optimal.js';
import type { AttackRule, PoisonRule } from '../../src/attacks/attack.js';
import { simulate } from '../../src/engine/simulate.js';
import { asynchronous, buffered } from '../../src/protocols/index.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { small } from '../scenario/small-scenario.js';
import { makePart } from '../../src/scenario/build/make-part.js';
import { planOf, workersOf } from '../engine/small-plan.js';
import { rules } from './rules.js';

const EVALUATIONS = 10;
const options = { evaluations: EVALUATIONS, negative: true };
const grid = strengthGrid(gridSize(EVALUATIONS), true);

/** Options of attacks that can't do without. */
const needed: Readonly<Record<string, object>> = {
  optimal: { attack: 'little', evaluations: 2 },
  scaled: { attack: 'empire', strength: 'step / 10' },
  conditional: { attack: 'little', when: 'step > 9' },
  mixture: { attacks: [{ attack: 'little', share: 0.5 }, { attack: 'sign-flip', share: 0.5 }] }, // prettier-ignore
};

/** Every registered attack on vectors. */
const vectorAttacks = (
  await Promise.all(
    Object.keys(attacks).map(async (kind) => {
      const { attack } = resolveScenario({ ...small, attack: { kind, ...needed[kind] } });
      return { kind, made: await makePart<AttackRule | PoisonRule>(attacks, attack, []) };
    }),
  )
).filter(({ kind, made }) => made.kind === 'vector' && kind !== 'silent');

/** The attack, and what each lie of it moves the rule by, beside what each strength of the grid would. */
const watched = (
  attack: AttackRule & { kind: 'vector' },
  look: (moved: number, others: readonly number[]) => void,
): AttackRule => ({
  ...optimal({ attack, ...options }),
  ...{ kind: 'vector', knowledge: 'defence', needsOwn: true },
  attack: (shape) => {
    const wrapped = optimal({ attack, ...options }) as AttackRule & { kind: 'vector' };
    const [best, first] = [wrapped.attack(shape), attack.attack(shape)];
    const moved = new Float64Array(shape.dimension);
    return (view, out) => {
      const { count, vectors, weights } = view.honest;
      const mean = moved.map((_, k) => {
        let [sum, total] = [0, 0];
        for (let i = 0; i < count; i++) [sum, total] = [sum + weights[i]! * vectors[i]![k]!, total + weights[i]!];
        return sum / total;
      });
      const farness = (lie: Float64Array): number => {
        view.defence!.aggregate(lie, moved);
        const squared = moved.reduce((sum, value, k) => sum + (value - mean[k]!) ** 2, 0);
        return Number.isFinite(squared) ? Math.sqrt(squared) : Infinity;
      };
      const simple = Float64Array.from(out);
      // Both draw the same, and each remembers for itself.
      const state = view.random.state();
      first(view, simple);
      view.random.restore(state);
      best(view, out);
      if (count === 0) return;
      look(farness(Float64Array.from(out)), grid.map((s) => farness(simple.map((v, k) => mean[k]! + s * (v - mean[k]!))))); // prettier-ignore
    };
  },
});

for (const { kind, made } of vectorAttacks)
  test(`each lie of optimal over ${kind} moves every rule at least as far as every strength of its grid`, (t) => {
    t.is(grid[0], 1);
    const wrong: string[] = [];
    for (const { name, rule, spare } of rules)
      for (const protocol of [asynchronous({ arrivals: 'sampled', byzantineShare: 0.25 }), buffered({ size: 9 })]) {
        const timed = protocol.timed;
        let lies = 0;
        const look = (moved: number, others: readonly number[]): void => {
          lies += 1;
          const most = Math.max(...others);
          if (!(moved >= most * (1 - 1e-9) - 1e-9)) wrong.push(`${name}: ${moved} of ${others.join()}`);
        };
        const plan = planOf({
          workers: workersOf(9, { byzantine: 2, timed }),
          aggregator: rule(0.25, 9),
          attack: watched(made as AttackRule & { kind: 'vector' }, look),
          ...(spare === 'any weights' && !timed ? {} : { weight: () => 1 }),
          ...(name.includes('fltrust') || name.includes('monna') ? { trusted: 0 } : {}),
          ...{ stop: { steps: timed ? 4 : 20 }, measure: { kind: 'steps', steps: 1000 } },
        });
        simulate(plan, protocol).subscribe();
        if (lies < 3) wrong.push(`${name}: ${lies} lies`);
      }
    t.deepEqual(wrong, []);
  });
