import { averaging, bulyans, choosing, clipped, measured, pointed, spatial, thresholded, unbounded } from './kinds.js';

/** Where a law doesn't hold, and why. */
export interface Exception {
  readonly law: string;
  /** Names of rules; a star stands for any part of a name. */
  readonly rules: readonly string[];
  readonly reason: string;
  /** Counterexamples are too rare for a search. */
  readonly rare?: true;
}

export const exceptions: readonly Exception[] = [
  {
    law: 'the order of the vectors doesn’t matter',
    rules: ['bucketing∘*'],
    reason: 'Which vectors share a bucket follows from a draw and their places.',
  },
  {
    law: 'the order of the vectors doesn’t matter',
    rules: ['mfm', '*∘mfm'],
    reason: 'Of several median vectors it takes the first.',
    rare: true,
  },
  {
    law: 'the order of the vectors doesn’t matter',
    rules: [...choosing, 'bulyan', 'bulyan-aggregathor', '*∘bulyan', '*∘bulyan-aggregathor'],
    reason: 'Of vectors, or sets of vectors, that are equally good it takes the first.',
  },
  {
    law: 'the order of the vectors doesn’t matter',
    rules: ['bulyan-gm', '*∘bulyan-gm'],
    reason: 'Of vectors that are equally close to the geometric median it takes the first.',
    rare: true,
  },
  {
    law: 'the order of the vectors doesn’t matter',
    rules: ['monna', '*∘monna'],
    reason: 'The first is the one that is trusted.',
  },
  {
    law: 'only the weights’ proportions matter',
    rules: ['nnm∘bulyan*'],
    reason: 'Of means that are equally good it takes the first; rounding decides which are.',
    rare: true,
  },
  {
    law: 'translated vectors give the translated result',
    rules: ['cge', 'ctma∘cge', 'nnm∘cge'],
    reason: 'It looks at lengths, which a translation doesn’t keep.',
  },
  {
    law: 'translated vectors give the translated result',
    rules: ['bulyan*', 'ctma∘bulyan*', 'nnm∘bulyan*'],
    reason: 'Of vectors that are equally good it takes the first; rounding decides which are.',
    rare: true,
  },
  {
    law: 'translated vectors give the translated result',
    rules: [
      ...['rfa', 'ctma∘rfa', 'nnm∘rfa', 'bucketing∘rfa', 'ctma∘centered-clipping', 'ctma∘mfm', 'ctma∘fltrust'],
      ...[...measured, ...thresholded, ...pointed, 'arc∘*'],
    ],
    reason: 'It starts at 0, may be 0, or looks at lengths, which a translation doesn’t keep.',
  },
  {
    law: 'stretched vectors give the stretched result',
    rules: [
      ...['rfa', 'centered-clipping', 'mfm'].flatMap((rule) => [rule, `ctma∘${rule}`, `nnm∘${rule}`]),
      ...['rfa', 'centered-clipping', 'mfm'].flatMap((rule) => [`bucketing∘${rule}`, `arc∘${rule}`]),
      ...clipped,
    ],
    reason: 'The smoothing ν, a radius and a threshold are lengths: they aren’t stretched.',
  },
  {
    law: 'negated vectors give the negated result',
    rules: ['meamed', 'phocas', 'ctma∘meamed', 'arc∘meamed', 'bucketing∘meamed', ...bulyans],
    reason: 'Of two values equally far from the middle the smaller goes first.',
  },
  {
    law: 'negated vectors give the negated result',
    rules: ['*∘phocas'],
    reason: 'Of two values equally far from the trimmed mean the smaller goes first.',
    rare: true,
  },
  {
    law: 'negated vectors give the negated result',
    rules: ['clipping∘meamed', 'nnm∘meamed'],
    reason: 'Of two values equally far from the median the smaller goes first.',
    rare: true,
  },
  {
    law: 'reflected vectors give the reflected result',
    rules: [
      ...['cwmed', '*∘cwmed', 'trmean', '*∘trmean', 'meamed', '*∘meamed', 'phocas', '*∘phocas'],
      ...['aksel*', '*∘aksel*', ...bulyans, 'dnc', '*∘dnc'],
    ],
    reason: 'It depends on the axes, or on coordinates that are drawn.',
  },
  {
    law: 'each coordinate is aggregated alone',
    rules: [...spatial, ...spatial.map((rule) => `bucketing∘${rule}`), ...['ctma∘*', 'nnm∘*', 'clipping∘*', 'arc∘*']],
    reason: 'Distances or lengths tie the coordinates together.',
  },
  {
    law: 'a whole weight means as many copies',
    rules: ['nnm∘meamed'],
    reason:
      'Of two values equally far from the median the smaller goes first; between means, rounding decides which are.',
  },
  {
    law: 'a whole weight means as many copies',
    rules: ['bucketing∘*'],
    reason: 'Copies may fall into different buckets.',
  },
  {
    law: 'equal vectors may be merged, their weights added',
    rules: ['bucketing∘*'],
    reason: 'Equal vectors may have been in different buckets.',
  },
  {
    law: 'a whole weight means as many copies',
    rules: ['nnm∘phocas'],
    reason: 'Of two values equally far the smaller goes first; between means, rounding decides which are.',
    rare: true,
  },
  {
    law: 'equal vectors give that vector',
    rules: [...measured, 'arc∘centered-clipping'],
    reason: 'What is longer than the radius, or farther than it from 0, isn’t reached.',
  },
  {
    law: 'a vector with more than half of the weight is the result',
    rules: [
      ...averaging,
      ...averaging.map((rule) => `arc∘${rule}`),
      ...['ctma∘*', 'nnm∘*', 'clipping∘*', 'bucketing∘*'],
    ],
    reason:
      'It averages, or takes few steps; what is trimmed is a share, not all the rest; with a larger share to withstand than the others have, the nearest may not be the heaviest.',
  },
  {
    law: 'the result lies in the vectors’ box',
    rules: [
      ...[...measured, ...thresholded, ...pointed],
      ...['mean', 'rfa', 'trmean', 'meamed', 'krum*', 'multi-krum*', 'mda', 'smea', 'centered-clipping', 'caf'].map(
        (base) => `arc∘${base}`,
      ),
      ...['arc∘dnc', 'arc∘mfm', 'arc∘fltrust'],
    ],
    reason: 'Vectors are shortened towards 0 or stretched, the first step begins at 0, or 0 is the result.',
  },
  {
    law: 'the result lies in the vectors’ box',
    rules: ['arc∘gm'],
    reason: 'Vectors are shortened towards 0.',
    rare: true,
  },
  {
    law: 'the result lies in the vectors’ convex hull',
    rules: [
      ...['cwmed', 'trmean', 'meamed', 'phocas', 'bucketing∘cwmed', ...measured, ...thresholded, ...pointed],
      ...['cwmed', 'mean', 'rfa', 'trmean', 'meamed', 'mda', 'smea', 'centered-clipping', 'dnc', 'mfm', 'fltrust'].map(
        (base) => `arc∘${base}`,
      ),
    ],
    reason: 'Each coordinate may come from other vectors; what is shortened or stretched leaves the hull.',
  },
  {
    law: 'the result lies in the vectors’ convex hull',
    rules: ['bucketing∘trmean', 'bucketing∘meamed', 'arc∘gm', 'arc∘krum*', 'arc∘multi-krum*', 'arc∘caf'],
    reason: 'Each coordinate may come from other vectors; what is shortened leaves the hull.',
    rare: true,
  },
  {
    law: 'the result lies in the vectors’ convex hull',
    rules: ['bulyan*'],
    reason: 'Each coordinate may come from other vectors.',
    rare: true,
  },
  {
    law: 'the result lies in the honest vectors’ box',
    rules: [
      ...[
        'mean',
        'gm',
        'rfa',
        'meamed',
        'phocas',
        'krum-byzfl',
        'multi-krum*',
        'mda',
        'smea',
        'aksel*',
        'monna',
        'cge',
      ],
      ...['centered-clipping', 'caf', 'dnc', 'mfm', 'fltrust'],
      ...['ctma∘*', 'nnm∘*', 'clipping∘*', 'bucketing∘*', 'arc∘*'],
    ],
    reason: 'Byzantine vectors that are near enough have a share in the result.',
  },
  {
    law: 'the result lies in the honest vectors’ box',
    rules: ['bulyan*'],
    reason: 'Byzantine values that are near enough to the median have a share in the result.',
    rare: true,
  },
  {
    law: 'the result lies in the honest vectors’ box',
    rules: ['krum'],
    reason: 'A Byzantine vector that is near enough is the result.',
    rare: true,
  },
  {
    law: 'a minority of liars can’t move the result far',
    rules: unbounded.map((base) => `bucketing∘${base}`),
    reason: 'Each liar takes a bucket, and may take the majority of them.',
  },
  {
    law: 'a minority of liars can’t move the result far',
    rules: ['dnc', 'ctma∘dnc', 'nnm∘dnc'],
    reason: 'It looks in one direction at a time.',
  },
  {
    law: 'a minority of liars can’t move the result far',
    rules: ['mean', 'nnm∘mean'],
    reason: 'One vector moves it anywhere, mixed with others or not.',
  },
  {
    law: 'a minority of liars can’t move the result far',
    rules: ['ctma∘mean'],
    reason: 'One Byzantine vector draws the centre to where another stands.',
    rare: true,
  },
  {
    law: 'the error is within every stated c_λ of the honest variance',
    rules: [
      ...['mean', 'rfa', 'mda', 'monna', 'cge', 'centered-clipping', 'dnc', 'mfm', 'fltrust'],
      ...['clipping∘*', 'bucketing∘*'],
    ],
    reason:
      'It has no constant: the mean for any λ > 0, the few steps because they don’t reach the geometric median, MDA and MoNNA because their constants are of the diameter, what knows lengths because honest vectors may be longer, DnC because it looks in few directions, FLTrust because it looks at one vector, bucketing because a draw may be bad.',
  },
  {
    law: 'the error is within every stated c_λ of the honest variance',
    rules: ['bulyan-aggregathor'],
    reason: 'The constants are those of the published rule; averages of the best leave honest vectors out.',
  },
  {
    law: 'the error is within every stated c_λ of the honest variance',
    rules: ['*∘bulyan-aggregathor'],
    reason: 'The constant is relative to the base’s, which are those of the published rule.',
    rare: true,
  },
  {
    law: 'the error is within every stated c_λ of the honest variance',
    rules: ['mean', 'rfa', 'mda', 'monna', 'cge', 'centered-clipping', 'dnc', 'mfm', 'fltrust'].map(
      (base) => `*∘${base}`,
    ),
    reason: 'The constant is relative to the base’s, which has none.',
  },
  {
    law: 'the error is within (1 + λ/(1−2λ)) of the honest vectors’ mean distance from their mean',
    rules: [
      ...['mean', 'rfa', 'meamed', 'krum*', 'bulyan-aggregathor', 'aksel-n-f', 'monna', 'cge'],
      ...['centered-clipping', 'dnc', 'mfm', 'fltrust', 'clipping∘*', 'bucketing∘*'],
      ...['mean', 'rfa', 'meamed', 'krum*', 'multi-krum', 'mda', 'centered-clipping', 'dnc', 'mfm', 'fltrust'].map(
        (base) => `arc∘${base}`,
      ),
      ...['cwmed', 'gm', 'rfa', 'meamed', 'mean', 'centered-clipping'].map((base) => `ctma∘${base}`),
      ...['cwmed', 'gm', 'krum-byzfl', 'meamed', 'mean', 'multi-krum-byzfl', 'rfa', 'centered-clipping'].map(
        (base) => `nnm∘${base}`,
      ),
    ],
    reason:
      'Some have no bound; what is trimmed or not chosen may be honest, which can cost 1/(1−λ) times as much or more.',
  },
  {
    law: 'the error is within (1 + λ/(1−2λ)) of the honest vectors’ mean distance from their mean',
    rules: ['multi-krum*', 'mda', 'smea', 'phocas', 'bulyan*', 'aksel', 'caf', 'ctma∘*', 'nnm∘*', 'arc∘*'],
    reason: 'What is trimmed or not chosen may be honest, which can cost 1/(1−λ) times as much.',
    rare: true,
  },
  {
    law: 'each coordinate’s error is within (1 + λ/(1−2λ)) of the honest values’ mean distance from their mean',
    rules: [
      ...['mean', 'gm', 'rfa', 'meamed', 'krum*', 'multi-krum-byzfl', 'bulyan-aggregathor', 'mda', 'smea'],
      ...['aksel*', 'monna', 'cge', 'centered-clipping', 'caf', 'dnc', 'mfm', 'fltrust'],
      ...['ctma∘*', 'clipping∘*', 'bucketing∘*', 'arc∘*'],
      ...['aksel', 'aksel-n-f', 'monna', 'cge', 'phocas'].map((base) => `nnm∘${base}`),
      ...['centered-clipping', 'cwmed', 'gm', 'krum-byzfl', 'mda', 'meamed', 'mean', 'multi-krum-byzfl'].map(
        (base) => `nnm∘${base}`,
      ),
      ...['rfa', 'smea', 'trmean', 'caf', 'dnc', 'mfm', 'fltrust'].map((base) => `nnm∘${base}`),
    ],
    reason: 'Distances tie the coordinates together, and not every rule has a bound.',
  },
  {
    law: 'each coordinate’s error is within (1 + λ/(1−2λ)) of the honest values’ mean distance from their mean',
    rules: ['multi-krum', 'phocas', 'bulyan*', 'nnm∘krum', 'nnm∘multi-krum', 'nnm∘bulyan*'],
    reason: 'Distances tie the coordinates together, and what is trimmed may be honest.',
    rare: true,
  },
  {
    law: 'where the honest vectors agree, the result is theirs',
    rules: [
      ...['mean', 'rfa', 'centered-clipping', 'dnc', 'cge'].flatMap((rule) => [rule, `*∘${rule}`]),
      ...['mfm', 'fltrust'].flatMap((rule) => [rule, `nnm∘${rule}`, `arc∘${rule}`]),
      ...['clipping∘*', 'bucketing∘*'],
    ],
    reason: 'It has no finite constant.',
  },
  {
    law: 'where the honest vectors agree, the result is theirs',
    rules: ['ctma∘mfm', 'ctma∘fltrust'],
    reason: 'It has no finite constant.',
    rare: true,
  },
  {
    law: 'non-finite vectors with less than half of the weight don’t make the result non-finite',
    rules: ['mean'],
    reason: 'It lets them through, as a server does that trusts everybody.',
  },
  {
    law: 'a call leaves its inputs alone and no trace in the next',
    rules: ['centered-clipping', '*∘centered-clipping'],
    reason: 'As published, it begins at the previous result.',
  },
  {
    law: 'a call leaves its inputs alone and no trace in the next',
    rules: ['dnc', '*∘dnc', 'bucketing∘*'],
    reason: 'It goes on drawing where it stopped.',
  },
];
