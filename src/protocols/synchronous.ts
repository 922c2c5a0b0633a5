import { defer, ignoreElements, merge, tap } from 'rxjs';
import { z } from 'zod';
import { namesOf } from '../engine/names.js';
import type { Protocol } from '../engine/protocol.js';
import type { World } from '../engine/world.js';
import { durationOption, parseDuration } from '../registry/duration.js';
import { formulaOption } from '../registry/formula.js';
import { definePart } from '../registry/part.js';
import { chanceVariables, Participants, requireChances, type Drawing } from './draw-participants.js';
import { requireHonest } from './require-honest.js';
import { served } from './served.js';

export interface SynchronousOptions extends Drawing {
  /** Workers that take part in a round, drawn anew for each among those that are free, or free and there; all, unless given. */
  readonly participants?: number | undefined;
  /** Messages with which the server steps without waiting for the others of the round; all, unless given. */
  readonly quorum?: number | undefined;
  /** How long the server waits in a round, as a duration; with the messages that are there by then it steps. No end, unless given. */
  readonly deadline?: number | string | undefined;
  /** What becomes of messages for a round that is over: `drop`, or `use` in the round that is on. */
  readonly late?: 'drop' | 'use' | undefined;
}

/** A run in rounds: who takes part in the one that is on, and what it still needs. */
class Rounds {
  readonly #world: World;
  readonly #participants: Participants;
  readonly #need: (started: number) => number;
  /** The round for which each worker computes, counted from 1; 0 while it is free. */
  readonly #rounds: Float64Array;
  #round = 0;
  #started = 0;
  /** Workers whose message for the round is awaited. */
  #awaited = 0;
  #deadlinePassed = false;

  constructor(
    world: World,
    readonly options: SynchronousOptions,
    readonly deadline: number | undefined,
  ) {
    this.#world = world;
    this.#participants = new Participants(world, options);
    const { quorum } = options;
    this.#need = (started) => Math.min(quorum ?? started, started);
    this.#rounds = new Float64Array(world.plan.workers.length);
  }

  /** How many are to take part in the next round, where the method doesn't say so. */
  get #size(): number {
    const { participants = this.#rounds.length } = this.options;
    return participants;
  }

  #freeOf(away: boolean): number[] {
    return Array.from(this.#rounds.keys()).filter(
      (worker) => this.#rounds[worker] === 0 && this.#participants.misses(worker) === away,
    );
  }

  /** Sends the model to those who take part in the next round: nobody, while all are busy with earlier ones, or away. */
  begin(): void {
    const free = this.#freeOf(false);
    this.#started = this.#awaited = 0;
    if (free.length === 0) return;
    const drawn = this.#participants.draw(free, this.#world.open() ?? this.#size);
    this.#started = this.#awaited = drawn.length;
    this.#round += 1;
    this.#deadlinePassed = false;
    this.#world.call(drawn);
    for (const worker of drawn) {
      this.#rounds[worker] = this.#round;
      this.#world.send(worker);
    }
    if (this.deadline === undefined) return;
    const round = this.#round;
    this.#world.clock.schedule(
      () => {
        if (round !== this.#round || this.#world.done) return;
        this.#deadlinePassed = true;
        if (this.#world.gathered.count > 0) this.#step();
      },
      this.deadline,
      undefined,
    );
  }

  /** Takes a message; steps when the round has what it needs. */
  arrive(worker: number): void {
    const { gathered } = this.#world;
    const late = this.#rounds[worker]! < this.#round || this.#started === 0;
    this.#rounds[worker] = 0;
    if (!late) this.#awaited -= 1;
    if (late && this.options.late !== 'use') this.#world.discard(worker, 'late');
    else if (this.#world.receive(worker)) gathered.lend(worker);
    if (this.#started === 0) this.begin();
    else if (gathered.count > 0 && (this.#deadlinePassed || this.#enough())) this.#step();
    // The server's policy has rejected every message of the round.
    else if (this.#awaited === 0) this.begin();
  }

  /** Whether the round has what it needs, or all that will come, since some messages were rejected. */
  #enough(): boolean {
    // A quorum is made up by late messages too, where they are used; all of a round are all of its own.
    const { quorum } = this.options;
    return this.#awaited === 0 || (quorum !== undefined && this.#world.gathered.count >= this.#need(this.#started));
  }

  /** A worker whose round came to nothing asks again: it gets the model once more, or is free where its round is over. */
  restart(worker: number): void {
    if (this.#rounds[worker] === this.#round && this.#started > 0) {
      this.#world.send(worker);
      return;
    }
    this.#rounds[worker] = 0;
    if (this.#started === 0) this.begin();
  }

  /** A worker is there again: the round begins for which nobody was. */
  comeBack(): void {
    if (this.#started === 0 && !this.#world.done) this.begin();
  }

  /** Whether the next round begins once somebody comes back. */
  get awaitsReturn(): boolean {
    return this.#started === 0 && this.#freeOf(true).length > 0;
  }

  #step(): void {
    const { gathered } = this.#world;
    this.#world.aggregate(gathered);
    gathered.clear();
    this.#world.update();
    if (!this.#world.done) this.begin();
  }

  /** What the round still lacks. */
  waiting(): string {
    if (this.awaitsReturn) {
      const away = namesOf(this.#freeOf(true));
      return `round ${this.#round + 1} begins when one of those that are away comes back: ${away}`;
    }
    const busy = Array.from(this.#rounds.keys()).filter((worker) => this.#rounds[worker] === this.#round);
    const lacking = this.#deadlinePassed ? 1 : this.#need(this.#started) - this.#world.gathered.count;
    return `round ${this.#round} waits for ${lacking} more of the messages of ${namesOf(busy)}`;
  }
}

/**
 * Rounds: the server sends its model to those who take part, waits for their messages (for all, for a quorum, or until a
 * deadline; with no message by then, for the first), aggregates them and steps. A worker that is still busy with an earlier
 * round doesn't take part. Quorum: El Mhamdi et al. 2020 (GuanYu); deadline: Bonawitz et al. 2019.
 * Drawn with unequal chances: Efraimidis & Spirakis 2006.
 * @throws RangeError when more take part, or are waited for, than there are, when a chance isn't finite and > 0, when the deadline
 * is no duration, or when all workers are Byzantine.
 */
export const synchronous = (options: SynchronousOptions = {}): Protocol => {
  const { participants, quorum, deadline } = options;
  const span = deadline === undefined ? undefined : parseDuration(deadline);
  if (deadline !== undefined && span === undefined)
    throw new RangeError(`deadline: "${deadline}" is no duration > 0, such as 90s or 250ms`);
  const runs = new WeakMap<World, Rounds>();
  return {
    timed: true,
    rounds: options.late !== 'use',
    check: (workers, called) => {
      requireHonest(workers);
      const most = participants ?? workers.length;
      if (most > workers.length)
        throw new RangeError(`participants is ${most}, but there are ${workers.length} workers`);
      if (options.probability !== undefined && (participants ?? called) === undefined)
        throw new RangeError('probability says who is drawn, but all take part; give participants, how many are drawn');
      requireChances(options, workers);
      if (quorum !== undefined && quorum > most)
        throw new RangeError(`quorum is ${quorum}, but ${most} workers take part in a round`);
    },
    // Nobody sends twice between two steps, so that messages need no copies; in use, late ones come on top of the round's own.
    gathers: (workers) => ({ rows: options.late === 'use' ? workers : (participants ?? workers), copies: 0 }),
    ...(quorum === undefined ? {} : { fewest: () => quorum }),
    waiting: (world) => runs.get(world)!.waiting(),
    awaitsReturn: (world) => runs.get(world)!.awaitsReturn,
    serve: (world) =>
      defer(() => {
        const rounds = new Rounds(world, options, span);
        runs.set(world, rounds);
        rounds.begin();
        return merge(
          served(
            world,
            (worker) => rounds.arrive(worker),
            (worker) => rounds.restart(worker),
          ),
          world.returns.pipe(
            tap(() => rounds.comeBack()),
            ignoreElements(),
          ),
        );
      }),
  };
};

export const synchronousPart = definePart({
  summary: 'Rounds: the server waits for all who take part, for a quorum of them, or until a deadline.',
  source:
    'Bulk-synchronous parallel SGD; quorum: El-Mhamdi et al., "Genuinely Distributed Byzantine Machine Learning", PODC 2020',
  aliases: ['sync', 'bsp'],
  precondition: 'the aggregator’s, for the messages of a round: of a quorum of q, f may be Byzantine',
  gathers: true,
  parameters: z.strictObject({
    participants: z.int().min(1).max(1e6).optional().describe('workers drawn for each round; all unless given'),
    probability: formulaOption(
      chanceVariables,
      'a worker’s chance of being drawn relative to the others’ that are left, finite and > 0; equal unless given',
    ).optional(),
    among: z
      .enum(['free', 'available'])
      .default('free')
      .describe('who may be drawn: free, whoever isn’t busy; available, of these whoever is there as the round begins'),
    quorum: z
      .int()
      .min(1)
      .max(1e6)
      .optional()
      .describe('messages with which the server steps; all of the round unless given'),
    deadline: durationOption('how long the server waits in a round before it steps with what is there').optional(),
    late: z
      .enum(['drop', 'use'])
      .default('drop')
      .describe('messages for a round that is over: drop, or use in the next step'),
  }),
  create: synchronous,
});
