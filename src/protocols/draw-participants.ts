import ln from '@stdlib/math-base-special-ln';
import type { WorkerPlan } from '../engine/plan.js';
import type { World } from '../engine/world.js';
import type { Random } from '../random/random.js';
import { toFormula, type Formula, type FormulaOption } from '../registry/formula.js';

/** Variables of a worker that its chance of being drawn may use. */
export const chanceVariables = ['id', 'group', 'byzantine', 'speed', 'count'] as const;

/** What a worker's chance is computed from, but for `count`. */
type Known = Record<(typeof chanceVariables)[number], number>;

/** Who is drawn for a round. */
export interface Drawing {
  /**
   * A worker's chance relative to the others', a formula of `chanceVariables`, finite and > 0; equal, unless given. Each place
   * goes to one of those left, with the probability chance / sum of their chances (successive sampling).
   */
  readonly probability?: FormulaOption | undefined;
  /** Whether workers that are away may be drawn: `free`, whoever isn't busy; `available`, of these those that are there. */
  readonly among?: 'free' | 'available' | undefined;
}

/** Each worker's variables as the run begins: the id within its group, from 1, and the size of that. */
const variablesOf = (workers: readonly WorkerPlan[]): readonly Known[] => {
  const liars = workers.filter(({ byzantine }) => byzantine).length;
  const seen = [0, 0];
  return workers.map(({ byzantine, speed }) => ({
    id: (seen[Number(byzantine)]! += 1),
    group: byzantine ? liars : workers.length - liars,
    byzantine: Number(byzantine),
    speed,
    count: 0,
  }));
};

const chanceOf = (probability: FormulaOption): Formula => toFormula(probability, 'probability', { above: 0 });

/** @throws RangeError when a worker's chance, before it has sent anything, isn't finite and > 0. */
export const requireChances = ({ probability }: Drawing, workers: readonly WorkerPlan[]): void => {
  if (probability === undefined) return;
  const chance = chanceOf(probability);
  for (const variables of variablesOf(workers)) chance({ ...variables });
};

/** Draws `count` of the workers to the front, each set as likely as any other (Fisher & Yates). */
const drawToFront = (workers: number[], count: number, random: Random): void => {
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random.next() * (workers.length - i));
    const drawn = workers[j]!;
    workers[j] = workers[i]!;
    workers[i] = drawn;
  }
};

/** Draws some of a run's workers for a round. Workers are numbered from 0. */
export class Participants {
  readonly #world: World;
  readonly #random: Random;
  readonly #chance: Formula | undefined;
  readonly #variables: readonly Known[];

  constructor(
    world: World,
    readonly drawing: Drawing,
  ) {
    const { workers, random } = world.plan;
    const { probability } = drawing;
    this.#world = world;
    this.#random = random.fork('protocol/participants');
    this.#chance = probability === undefined ? undefined : chanceOf(probability);
    this.#variables = this.#chance ? variablesOf(workers) : [];
  }

  /** Whether a worker is passed over, since it is away. */
  misses(worker: number): boolean {
    return this.drawing.among === 'available' && this.#world.transport.isAway?.(worker) === true;
  }

  /**
   * `count` of these workers, in ascending order; all of them, and nothing is drawn, if there are no more. O(m·log m).
   * @throws OutOfRangeError when a worker's chance isn't finite and > 0.
   */
  draw(workers: number[], count: number): number[] {
    if (count >= workers.length) return workers;
    if (this.#chance) this.#race(workers, this.#chance);
    else drawToFront(workers, count, this.#random);
    return workers.slice(0, count).sort((a, b) => a - b);
  }

  /**
   * Sorts workers by independent exponential times with their chances as rates: whoever comes next does so with the probability
   * chance / sum of the chances of those that are still to come. Efraimidis & Spirakis 2006, by the logarithm of their keys.
   */
  #race(workers: number[], chance: Formula): void {
    const { inbox } = this.#world;
    const times = new Map<number, number>();
    for (const worker of workers) {
      const variables = this.#variables[worker]!;
      variables.count = inbox.countOf(worker);
      times.set(worker, -ln(1 - this.#random.next()) / chance(variables));
    }
    workers.sort((a, b) => times.get(a)! - times.get(b)! || a - b);
  }
}
