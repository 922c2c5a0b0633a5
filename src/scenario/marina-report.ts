import { marinaSampling, mostByzantine } from '../methods/marina-sampling.js';
import {
  marinaTheory,
  raggFromKappa,
  roundsTo,
  suggestedProbability,
  type MarinaTheorem,
  type MarinaTheory,
} from '../methods/marina-theory.js';
import type { Kappa } from './robustness.js';

/** A run of Byz-VR-MARINA-PP: what its theorems ask for, and what isn't known. */
export interface MarinaRun {
  readonly clients: number;
  readonly byzantine: number;
  readonly sample: number;
  readonly fullSample: number;
  readonly probability: number;
  /** γ; undefined where it changes during the run. */
  readonly stepSize: number | undefined;
  /** α; Infinity: differences aren't clipped. */
  readonly clip: number;
  /** Whether rounds of differences take the plain average, as PP+ does. */
  readonly average: boolean;
  readonly smoothness: number;
  readonly strongConvexity: number;
  readonly dimension: number;
  /** ω, D_Q and ζ_Q of the compressor; those of none unless given. */
  readonly omega?: number | undefined;
  readonly longest?: number | undefined;
  readonly density?: number | undefined;
  /** Rows of a minibatch; of the largest share, or of the large minibatch in place of it. */
  readonly batch: number;
  readonly rows: number;
  /** The scenario's keys that the theorems aren't for. */
  readonly unforeseen: readonly string[];
  /** Whether all honest clients have the same rows, so that ζ is 0. */
  readonly alike: boolean;
  /** f(x⁰) − f*, where it is known. */
  readonly gap: number | undefined;
  /** κ of the rule for so many vectors, so many of them Byzantine. */
  readonly kappa: (count: number, byzantine: number) => Kappa | undefined;
  /** F_A for so many vectors. */
  readonly lengthBound: (count: number) => number | undefined;
  /** δ and c, where the scenario says them. */
  readonly delta: number | undefined;
  readonly c: number | undefined;
}

/** What a theorem allows, in summary.json. */
export type MarinaLimits = Pick<MarinaTheorem, 'clip' | 'constant' | 'stepSize' | 'linearStepSize'>;

/** What theory says of a run, in summary.json. */
export interface MarinaNumbers {
  readonly smoothness: number;
  readonly strongConvexity: number;
  readonly suggestedProbability: number;
  readonly delta?: number;
  readonly good?: number;
  readonly member?: number;
  readonly leastFullSample?: number;
  readonly robustness?: number;
  readonly lengthBound?: number;
  readonly theorems?: Readonly<Record<string, MarinaLimits>>;
  /** The theorem that is for the run's clipping, and what it says of the run. */
  readonly applies?: MarinaTheorem['name'];
  /** Whether the theorem is for the learning rate, where that is one number. */
  readonly allowed?: boolean;
  readonly rate?: number;
  readonly rounds?: number;
}

/** What theory says of a run. */
export interface Theory<Numbers> {
  readonly lines: readonly string[];
  readonly numbers: Numbers;
}

interface Case {
  readonly delta: number;
  readonly robustness: number;
  readonly lengthBound: number;
  /** Whether c·δ is proved or published. */
  readonly proved: boolean;
  readonly theory: MarinaTheory;
  readonly theorem: MarinaTheorem | undefined;
}

/** Where f(x) − f* is to come to. */
const AIM = 1e-10;

const text = (value: number): string => (value === 0 ? '0' : String(Number(value.toPrecision(4))));

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * b;

/** The theorem that is for the clipping of a run; without clipping, and with every sample good, 4.2, in which it does nothing. */
const applying = (
  { clip, average, unforeseen }: MarinaRun,
  { odds, theorems }: MarinaTheory,
): MarinaTheorem | undefined => {
  if (average || unforeseen.length > 0) return undefined;
  const [clipped, unclipped] = theorems;
  // Sums of all odds are 1 but for rounding.
  if (clip === Infinity) return odds.good > 1 - 1e-12 ? unclipped : undefined;
  return [unclipped, clipped].find((theorem) => near(clip, theorem.clip));
};

/** c·δ: what the scenario says, or what follows from κ in both kinds of rounds. */
const robustnessOf = (run: MarinaRun, delta: number): Pick<Case, 'robustness' | 'proved'> | undefined => {
  if (run.c !== undefined) return { robustness: run.c * delta, proved: true };
  const honest = run.clients - run.byzantine;
  const each = [run.sample, run.fullSample].map((count) => {
    const kappa = run.kappa(count, Math.min(run.byzantine, mostByzantine(delta, count)));
    return kappa && { value: raggFromKappa(kappa.kappa, Math.min(honest, count)), proved: kappa.proved };
  });
  const [sample, full] = each;
  if (!sample || !full) return undefined;
  return { robustness: Math.max(sample.value, full.value), proved: sample.proved && full.proved };
};

const caseAt = (run: MarinaRun, delta: number): Case | undefined => {
  const found = robustnessOf(run, delta);
  const lengthBound = run.lengthBound(run.sample);
  if (!found || lengthBound === undefined) return undefined;
  const theory = marinaTheory({ ...run, ...found, delta, lengthBound });
  return { ...found, delta, lengthBound, theory, theorem: applying(run, theory) };
};

/** A of the theorem that applies, else the lesser one. */
const leastOf = ({ theory, theorem }: Case): number =>
  theorem?.constant ?? Math.min(...theory.theorems.map(({ constant }) => constant));

/** Whether to tell of a case rather than of another: a theorem is for its run, or A is less. */
const isBetter = (each: Case, other: Case): boolean =>
  (each.theorem === undefined) === (other.theorem === undefined)
    ? leastOf(each) < leastOf(other)
    : each.theorem !== undefined;

/** The case to tell of: at the scenario's δ, or at the best one with Ĉ large enough: ⌊δC⌋ and c·δ change there only. */
const chosenCase = (run: MarinaRun): Case | undefined => {
  const { sample, fullSample, byzantine, delta } = run;
  const least = byzantine / fullSample;
  const deltas = delta === undefined ? [least, ...Array.from({ length: sample }, (_, i) => i / sample)] : [delta];
  return deltas
    .filter((each) => each < 0.5 && (delta !== undefined || each >= least))
    .flatMap((each) => caseAt(run, each) ?? [])
    .reduce<Case | undefined>((best, each) => (best && !isBetter(each, best) ? best : each), undefined);
};

const limits = ({ clip, constant, stepSize, linearStepSize }: MarinaTheorem): MarinaLimits => ({
  ...{ clip, constant, stepSize, linearStepSize },
});

const limitLine = ({ name, clip, constant, stepSize, linearStepSize }: MarinaTheorem, linear: boolean): string =>
  `theorem ${name} (clip ${text(clip)}): A = ${text(constant)}; theory allows γ up to ${text(linear ? linearStepSize : stepSize)}${linear ? ' for a linear rate' : ''}`;

/** Why neither theorem is for a run. */
const exception = ({ average, clip, unforeseen }: MarinaRun): string => {
  if (unforeseen.length > 0) return `neither theorem is for a run with ${unforeseen.join(' and ')}`;
  if (average) return 'neither theorem is for average: true, which has others (appendix F of the paper)';
  if (clip === Infinity)
    return 'neither theorem holds without clipping, since a sample may have too many Byzantine workers';
  return `neither theorem is for clip: ${text(clip)}`;
};

const rateLines = (run: MarinaRun, theorem: MarinaTheorem, rounds: number | undefined): readonly string[] => {
  const { name, allowed, rate, usedStepSize } = theorem;
  if (run.stepSize !== undefined && !allowed)
    return [`lr ${text(run.stepSize)} is above what theorem ${name} allows, which promises nothing for it`];
  if (rounds === undefined) return [];
  const to = run.gap === undefined ? `a share of ${AIM} of f(x⁰) − f*` : `${AIM} from ${text(run.gap)}`;
  const left = run.alike ? '' : ', but for a neighbourhood, since workers have different rows';
  return [
    `at lr ${text(usedStepSize)} theorem ${name} promises f(x) − f* to shrink by ${text(rate)} of itself a round: ${to} in ${rounds} rounds${left}`,
  ];
};

const caseLines = (run: MarinaRun, found: Case): readonly string[] => {
  const { delta, robustness, proved, lengthBound, theory } = found;
  const { odds, theorems, leastFullSample, fullSampleIsEnough } = theory;
  const source =
    run.c !== undefined ? 'as the scenario says' : `a substitute from ${proved ? 'proved or published' : 'measured'} κ`;
  return [
    oddsLine(delta, odds),
    `${run.delta === undefined ? 'that is the best δ for the rule: ' : ''}cδ = ${text(robustness)}, ${source}; F_A = ${text(lengthBound)}`,
    ...theorems.map((each) => limitLine(each, run.strongConvexity > 0)),
    ...(fullSampleIsEnough
      ? []
      : [`fullSample ${run.fullSample} is less than the ${text(leastFullSample)} that the theorems need`]),
  ];
};

const oddsLine = (delta: number, { good, member }: MarinaTheory['odds']): string =>
  `a sample is good with probability p_G = ${text(good)} at δ = ${text(delta)}, and an honest worker is in a good one with 𝒫 = ${text(member)}`;

/** What is known without a constant of the rule: the odds at the scenario's δ, else at the least that Ĉ allows. */
const unknownRule = (run: MarinaRun): Theory<Pick<MarinaNumbers, 'delta' | 'good' | 'member'>> => {
  const { clients, byzantine, sample, fullSample } = run;
  const delta = run.delta ?? byzantine / fullSample;
  const where = run.delta === undefined ? 'at any δ < 1/2 that fullSample allows' : `at δ = ${text(delta)}`;
  const missing = `no constant is known for the rule ${where}; measure.theory takes one, c, with δ`;
  if (delta >= 0.5) return { lines: [missing], numbers: {} };
  const odds = marinaSampling({ clients, honest: clients - byzantine, sample, delta });
  return { lines: [oddsLine(delta, odds), missing], numbers: { delta, good: odds.good, member: odds.member } };
};

/** p as the paper suggests it. */
export const probabilityOf = (
  run: Pick<MarinaRun, 'sample' | 'clients' | 'batch' | 'rows' | 'dimension' | 'density'>,
): number => {
  const { sample, clients, batch, rows, dimension, density = dimension } = run;
  return suggestedProbability({ sample, clients, batch, rows, density, dimension });
};

/** What the theorems of Byz-VR-MARINA-PP say of a run: sentences for people, and numbers. */
export const marinaReport = (run: MarinaRun): Theory<MarinaNumbers> => {
  const { smoothness, strongConvexity, gap } = run;
  const probability = probabilityOf(run);
  const known = { smoothness, strongConvexity, suggestedProbability: probability };
  const first = `L = ${text(smoothness)}, μ = ${text(strongConvexity)}; probability ${text(run.probability)} (suggested: ${text(probability)})`;
  const found = chosenCase(run);
  if (!found) {
    const { lines, numbers } = unknownRule(run);
    return { lines: [first, ...lines], numbers: { ...known, ...numbers } };
  }
  const { delta, robustness, lengthBound, theory, theorem } = found;
  const { odds, theorems, leastFullSample, fullSampleIsEnough } = theory;
  const holds = theorem !== undefined && fullSampleIsEnough;
  const rounds = holds && theorem.allowed && theorem.rate > 0 ? roundsTo(theorem.rate, gap ?? 1, AIM) : undefined;
  return {
    lines: [
      first,
      ...caseLines(run, found),
      ...(theorem === undefined ? [exception(run)] : fullSampleIsEnough ? rateLines(run, theorem, rounds) : []),
    ],
    numbers: {
      ...known,
      ...{ delta, good: odds.good, member: odds.member, leastFullSample, robustness, lengthBound },
      theorems: Object.fromEntries(theorems.map((each) => [each.name, limits(each)])),
      ...(holds ? { applies: theorem.name, rate: theorem.rate } : {}),
      ...(holds && run.stepSize !== undefined ? { allowed: theorem.allowed } : {}),
      ...(rounds === undefined ? {} : { rounds }),
    },
  };
};
