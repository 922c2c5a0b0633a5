/** Where a law doesn't hold, and why. */
export interface Exception {
  readonly law: string;
  /** Names of rules; a star stands for any base. */
  readonly rules: readonly string[];
  readonly reason: string;
  /** Counterexamples are too rare for a search. */
  readonly rare?: true;
}

export const exceptions: readonly Exception[] = [
  {
    law: 'translated vectors give the translated result',
    rules: ['rfa', 'ctma∘rfa'],
    reason: 'It starts at 0, which isn’t translated, and takes few steps.',
  },
  {
    law: 'stretched vectors give the stretched result',
    rules: ['rfa', 'ctma∘rfa'],
    reason: 'The smoothing ν is a length: it isn’t stretched.',
  },
  {
    law: 'reflected vectors give the reflected result',
    rules: ['cwmed', 'ctma∘cwmed'],
    reason: 'It depends on the axes.',
  },
  {
    law: 'each coordinate is aggregated alone',
    rules: ['gm', 'rfa', 'ctma∘*'],
    reason: 'Distances tie the coordinates together.',
  },
  {
    law: 'a vector with more than half of the weight is the result',
    rules: ['mean', 'rfa', 'ctma∘*'],
    reason: 'It averages, or takes few steps; what is trimmed is a share, not all the rest.',
  },
  {
    law: 'the result lies in the vectors’ convex hull',
    rules: ['cwmed'],
    reason: 'Each coordinate may come from another vector.',
  },
  {
    law: 'the result lies in the honest vectors’ box',
    rules: ['mean', 'gm', 'rfa', 'ctma∘*'],
    reason: 'Byzantine vectors have a share in every coordinate.',
  },
  { law: 'a minority of liars can’t move the result far', rules: ['mean'], reason: 'One vector moves it anywhere.' },
  {
    law: 'a minority of liars can’t move the result far',
    rules: ['ctma∘mean'],
    reason: 'One Byzantine vector draws the centre to where another stands.',
    rare: true,
  },
  {
    law: 'the error is within every stated c_λ of the honest variance',
    rules: ['mean', 'rfa'],
    reason: 'It has no constant: the mean for any λ > 0, the few steps because they don’t reach the geometric median.',
  },
  {
    law: 'the error is within every stated c_λ of the honest variance',
    rules: ['ctma∘mean', 'ctma∘rfa'],
    reason: 'The constant is relative to the base’s, which has none.',
  },
  {
    law: 'the error is within (1 + λ/(1−2λ)) of the honest vectors’ mean distance from their mean',
    rules: ['mean', 'rfa', 'ctma∘*'],
    reason:
      'The mean and few steps have no bound; what is trimmed may be honest, which can cost 1/(1−λ) times as much.',
  },
  {
    law: 'each coordinate’s error is within (1 + λ/(1−2λ)) of the honest values’ mean distance from their mean',
    rules: ['mean', 'gm', 'rfa', 'ctma∘*'],
    reason: 'Distances tie the coordinates together, and not every rule has a bound.',
  },
  {
    law: 'where the honest vectors agree, the result is theirs',
    rules: ['mean', 'rfa', 'ctma∘mean', 'ctma∘rfa'],
    reason: 'It has no finite constant.',
  },
  {
    law: 'non-finite vectors with less than half of the weight don’t make the result non-finite',
    rules: ['mean'],
    reason: 'It lets them through, as a server does that trusts everybody.',
  },
];

/** The exception that a rule has from a law, if any. */
export const exceptionFrom = (law: string, rule: string): Exception | undefined =>
  exceptions.find(
    (each) =>
      each.law === law &&
      each.rules.some((name) => name === rule || (name.endsWith('*') && rule.startsWith(name.slice(0, -1)))),
  );
