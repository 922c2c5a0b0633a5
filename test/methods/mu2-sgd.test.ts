import test from 'ava';
import fc from 'fast-check';
import { simulate } from '../../src/engine/simulate.js';
import type { World } from '../../src/engine/world.js';
import { mu2Sgd } from '../../src/methods/index.js';
import { asynchronous } from '../../src/protocols/index.js';
import { halfSquare } from '../engine/half-square.js';
import { planOf, workersOf } from '../engine/small-plan.js';

const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k]! - b[k]!) ** 2;
  return Math.sqrt(sum);
};

const norm = (a: ArrayLike<number>): number => distance(a, new Float64Array(a.length));

/** Runs μ²-SGD with honest workers only; calls `delivered` with what worker w sent and the model that it had been sent. */
const follow = (
  options: Parameters<typeof mu2Sgd>[0],
  reply: 'after-update' | 'before-update',
  delivered: (worker: number, count: number, message: ArrayLike<number>, query: ArrayLike<number>) => void,
): ReturnType<typeof halfSquare> => {
  const objective = halfSquare(3);
  const plan = planOf({ objective, workers: workersOf(5), method: mu2Sgd(options), stop: { steps: 400 } });
  const queries = new Map<number, Float64Array>();
  let world: World | undefined;
  simulate(plan, asynchronous({ arrivals: 'sampled', reply }), undefined, (made) => (world = made)).subscribe(
    (event) => {
      if (event.kind === 'received') {
        const worker = event.worker - 1;
        delivered(worker, event.count, world!.inbox.held(worker), queries.get(worker)!);
      }
      if (event.kind === 'assigned') queries.set(event.worker - 1, Float64Array.from(world!.model));
    },
  );
  return objective;
};

for (const reply of ['after-update', 'before-update'] as const) {
  test(`with β = 1/s the delivered momentum is the query point less the mean of the worker’s samples (${reply})`, (t) => {
    const seen: { worker: number; count: number; message: number[]; query: number[] }[] = [];
    const objective = follow({ lr: 1e-4 }, reply, (worker, count, message, query) => {
      seen.push({ worker, count, message: Array.from(message), query: Array.from(query) });
    });
    t.is(seen.length, 400);
    t.true(seen.some(({ count }) => count > 50));
    for (const { worker, count, message, query } of seen) {
      const samples = objective.drawn.get(worker)!.slice(0, count);
      const expected = query.map((x, k) => x - samples.reduce((sum, z) => sum + z[k]!, 0) / count);
      t.true(distance(message, expected) <= 1e-12, `worker ${worker}, ${count} samples`);
    }
  });
}

test('with a fixed β the delivered momentum is the query point less the exponential average of the samples', (t) => {
  const beta = 0.25;
  const seen: { worker: number; count: number; message: number[]; query: number[] }[] = [];
  const objective = follow({ lr: 0.01, beta, gamma: 0.1 }, 'before-update', (worker, count, message, query) => {
    seen.push({ worker, count, message: Array.from(message), query: Array.from(query) });
  });
  for (const { worker, count, message, query } of seen) {
    const [first, ...others] = objective.drawn.get(worker)!.slice(0, count);
    const average = others.reduce<readonly number[]>(
      (ema, z) => ema.map((e, k) => (1 - beta) * e + beta * z[k]!),
      first!,
    );
    const expected = query.map((x, k) => x - average[k]!);
    t.true(distance(message, expected) <= 1e-12);
  }
});

test('the printed index of β, 1/max(1, s − 1), throws the first sample away', (t) => {
  const seen: { worker: number; count: number; message: number[]; query: number[] }[] = [];
  const beta = ({ s }: Readonly<Record<string, number>>) => 1 / Math.max(1, s! - 1);
  const objective = follow({ lr: 1e-4, beta }, 'before-update', (worker, count, message, query) => {
    seen.push({ worker, count, message: Array.from(message), query: Array.from(query) });
  });
  for (const { worker, count, message, query } of seen.filter((one) => one.count > 1)) {
    const samples = objective.drawn.get(worker)!.slice(1, count);
    const expected = query.map((x, k) => x - samples.reduce((sum, z) => sum + z[k]!, 0) / (count - 1));
    t.true(distance(message, expected) <= 1e-12);
  }
});

test('Lemma B.1 holds at every step of a run: ‖x_t − x_{t−τ}‖ ≤ 4Dτ/t with D the diameter of the ball', (t) => {
  const radius = 2;
  const models: Float64Array[] = [];
  const workers = workersOf(5, { byzantine: 2 });
  const attack = {
    kind: 'vector' as const,
    knowledge: 'own' as const,
    needsOwn: false,
    attack: () => (view: { random: { next(): number } }, out: Float64Array | Float32Array) => {
      for (let k = 0; k < out.length; k++) out[k] = 1000 * (view.random.next() - 0.5);
    },
  };
  const plan = planOf({ workers, attack, method: mu2Sgd({ lr: 0.05, radius }), stop: { steps: 500 } });
  let world: World | undefined;
  const protocol = asynchronous({ arrivals: 'sampled', byzantineShare: 0.4, reply: 'before-update' });
  simulate(plan, protocol, undefined, (made) => (world = made)).subscribe((event) => {
    if (event.kind === 'received') models.push(Float64Array.from(world!.model));
  });
  t.is(models.length, 500);
  let moved = 0;
  models.forEach((x, i) => {
    const step = i + 1;
    t.true(norm(x) <= radius * (1 + 1e-12));
    for (let tau = 1; tau < step; tau++) {
      const apart = distance(x, models[i - tau]!);
      moved = Math.max(moved, apart / ((4 * 2 * radius * tau) / step));
      if (apart > ((4 * 2 * radius * tau) / step) * (1 + 1e-12)) t.fail(`step ${step}, τ = ${tau}`);
    }
  });
  t.true(moved > 0.05, 'the models move at all');
});

const aggregates = fc.array(fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 3, maxLength: 3 }), {
  minLength: 1,
  maxLength: 40,
});
const start = fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 3, maxLength: 3 });

/** Feeds aggregates to the server’s update; returns w_1 … w_{T+1} and x_1 … x_{T+1}. */
const serve = (options: Parameters<typeof mu2Sgd>[0], x1: readonly number[], all: readonly (readonly number[])[]) => {
  const x = Float64Array.from(x1);
  const update = mu2Sgd(options).update(x, 'float64');
  const iterates = [[...x1]];
  const models = [[...x1]];
  all.forEach((aggregate, i) => {
    update.step(i + 1, aggregate, x);
    iterates.push([...(update.state.iterate as Float64Array)]);
    models.push([...x]);
  });
  return { iterates, models };
};

test('x_t is the α-weighted average of w_1 … w_t, and both stay in the ball', (t) => {
  const lawful = (x1: readonly number[], all: readonly (readonly number[])[], lr: number): boolean => {
    const { iterates, models } = serve({ lr, radius: 1 }, x1, all);
    return models.every((x, i) => {
      const total = ((i + 1) * (i + 2)) / 2;
      const average = x.map((_, k) => iterates.slice(0, i + 1).reduce((sum, w, j) => sum + (j + 1) * w[k]!, 0) / total);
      return distance(x, average) <= 1e-12 && norm(x) <= 1 + 1e-12 && norm(iterates[i]!) <= 1 + 1e-12;
    });
  };
  t.notThrows(() => fc.assert(fc.property(start, aggregates, fc.double({ min: 1e-4, max: 1, noNaN: true }), lawful)));
});

test('AnyTime’s inequality holds on a quadratic: α_{1:t}(f(x_t) − f*) ≤ Σ α_k⟨∇f(x_k), w_k − x*⟩', (t) => {
  const curvature = [1, 0.5, 0.01];
  const star = [0.2, -0.1, 0.4];
  const gradient = (x: readonly number[]) => x.map((value, k) => curvature[k]! * (value - star[k]!));
  const excess = (x: readonly number[]) =>
    x.reduce((sum, value, k) => sum + 0.5 * curvature[k]! * (value - star[k]!) ** 2, 0);
  const lawful = (all: readonly (readonly number[])[]): boolean => {
    const { iterates, models } = serve({ lr: 0.1, radius: 1 }, [0, 0, 0], all);
    let right = 0;
    return models.every((x, i) => {
      const g = gradient(x);
      right += (i + 1) * g.reduce((sum, value, k) => sum + value * (iterates[i]![k]! - star[k]!), 0);
      return (((i + 1) * (i + 2)) / 2) * excess(x) <= right + 1e-9;
    });
  };
  t.notThrows(() => fc.assert(fc.property(aggregates, lawful)));
});

test('the projection lemma B.4 holds: Σ α_k⟨d̂_k, w_{k+1} − x*⟩ ≤ D²/(2η) − (1/2η) Σ‖w_k − w_{k+1}‖²', (t) => {
  const lr = 0.01;
  const star = [0.3, -0.2, 0.1];
  const inner = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, k) => sum + value * b[k]!, 0);
  const slack = (all: readonly (readonly number[])[]): number => {
    const { iterates } = serve({ lr, radius: 1 }, [0, 0, 0], all);
    let left = 0;
    let moved = 0;
    all.forEach((aggregate, i) => {
      left +=
        (i + 1) *
        inner(
          aggregate,
          iterates[i + 1]!.map((w, k) => w - star[k]!),
        );
      moved += distance(iterates[i]!, iterates[i + 1]!) ** 2;
    });
    return (2 ** 2 - moved) / (2 * lr) - left;
  };
  t.notThrows(() => fc.assert(fc.property(aggregates, (all) => slack(all) >= -1e-6)));
});

test('a fixed γ equals α_t = C α_{1:t−1} with γ = C/(C + 1)', (t) => {
  const gamma = 0.2;
  const C = gamma / (1 - gamma);
  const all = Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.cos(i), 1]);
  const lr = 0.01;
  const fixed = serve({ lr, gamma }, [0, 0, 0], all);
  // α_1 = 1, α_t = C (1 + C)^(t−2); the step of fixed γ is η itself, so η is divided by α_t.
  const alpha = ({ t: step }: Readonly<Record<string, number>>) => (step === 1 ? 1 : C * (1 + C) ** (step! - 2));
  const weighted = serve({ lr: (v) => lr / alpha(v), alpha }, [0, 0, 0], all);
  fixed.models.forEach((x, i) => t.true(distance(x, weighted.models[i]!) <= 1e-12));
});

test('alpha together with gamma is refused', (t) => {
  t.throws(() => mu2Sgd({ lr: 1, alpha: 1, gamma: 0.1 }), { instanceOf: RangeError, message: /give one of them/ });
});

test('a start outside of the ball is refused', (t) => {
  const update = mu2Sgd({ lr: 1, radius: 1 }).update;
  t.throws(() => update([2, 0], 'float64'), { instanceOf: RangeError, message: /distance 2/ });
});
