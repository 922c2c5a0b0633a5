import type { Exception } from './exception-from.js';
import { unbounded } from './kinds.js';

/** From laws of how far liars move a result. */
export const robustnessExceptions: readonly Exception[] = [
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
    rules: ['mean', 'average-nan', 'nnm∘mean', 'nnm∘average-nan'],
    reason: 'One vector moves it anywhere, mixed with others or not.',
  },
  {
    law: 'a minority of liars can’t move the result far',
    rules: ['ctma∘mean', 'ctma∘average-nan'],
    reason: 'One Byzantine vector draws the centre to where another stands.',
    rare: true,
  },
  {
    law: 'the error is within every stated c_λ of the honest variance',
    rules: [
      ...['mean', 'average-nan', 'rfa', 'mda', 'monna', 'cge', 'centered-clipping', 'dnc', 'mfm', 'fltrust'],
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
    rules: ['arc∘bulyan-aggregathor'],
    reason: 'The constant is relative to the base’s, which are those of the published rule.',
    rare: true,
  },
  {
    law: 'the error is within every stated c_λ of the honest variance',
    rules: ['mean', 'average-nan', 'rfa', 'mda', 'monna', 'cge', 'centered-clipping', 'dnc', 'mfm', 'fltrust'].map(
      (base) => `*∘${base}`,
    ),
    reason: 'The constant is relative to the base’s, which has none.',
  },
  {
    law: 'the error is within (1 + λ/(1−2λ)) of the honest vectors’ mean distance from their mean',
    rules: [
      ...['mean', 'average-nan', 'rfa', 'meamed', 'krum*', 'bulyan-aggregathor', 'aksel-n-f', 'monna', 'cge'],
      ...['centered-clipping', 'dnc', 'mfm', 'fltrust', 'clipping∘*', 'bucketing∘*'],
      ...[
        'mean',
        'average-nan',
        'rfa',
        'meamed',
        'krum*',
        'multi-krum',
        'mda',
        'centered-clipping',
        'dnc',
        'mfm',
        'fltrust',
      ].map((base) => `arc∘${base}`),
      ...['cwmed', 'gm', 'rfa', 'meamed', 'mean', 'average-nan', 'centered-clipping'].map((base) => `ctma∘${base}`),
      ...[
        'cwmed',
        'gm',
        'krum-byzfl',
        'meamed',
        'mean',
        'average-nan',
        'multi-krum-byzfl',
        'rfa',
        'centered-clipping',
      ].map((base) => `nnm∘${base}`),
    ],
    reason:
      'Some have no bound; what is trimmed or not chosen may be honest, which can cost 1/(1−λ) times as much or more.',
  },
  {
    law: 'the error is within (1 + λ/(1−2λ)) of the honest vectors’ mean distance from their mean',
    rules: [
      ...['multi-krum*', 'mda', 'smea', 'bulyan*', 'aksel'],
      ...['phocas', 'krum*', 'multi-krum*', 'bulyan*', 'mda', 'smea', 'aksel*', 'monna', 'cge', 'caf'].flatMap(
        (base) => [`ctma∘${base}`, `nnm∘${base}`],
      ),
      ...['dnc', 'mfm', 'fltrust'].flatMap((base) => [`ctma∘${base}`, `nnm∘${base}`]),
      ...['cwmed', 'gm', 'multi-krum-byzfl', 'bulyan*', 'smea', 'aksel*', 'monna', 'cge'].map((base) => `arc∘${base}`),
    ],
    reason: 'What is trimmed or not chosen may be honest, which can cost 1/(1−λ) times as much.',
    rare: true,
  },
  {
    law: 'each coordinate’s error is within (1 + λ/(1−2λ)) of the honest values’ mean distance from their mean',
    rules: [
      ...[
        'mean',
        'average-nan',
        'gm',
        'rfa',
        'meamed',
        'krum*',
        'multi-krum-byzfl',
        'bulyan-aggregathor',
        'mda',
        'smea',
      ],
      ...['aksel*', 'monna', 'cge', 'centered-clipping', 'caf', 'dnc', 'mfm', 'fltrust'],
      ...['ctma∘*', 'clipping∘*', 'bucketing∘*', 'arc∘*'],
      ...['aksel', 'aksel-n-f', 'monna', 'cge', 'phocas'].map((base) => `nnm∘${base}`),
      ...[
        'centered-clipping',
        'cwmed',
        'gm',
        'krum-byzfl',
        'mda',
        'meamed',
        'mean',
        'average-nan',
        'multi-krum-byzfl',
      ].map((base) => `nnm∘${base}`),
      ...['rfa', 'smea', 'trmean', 'caf', 'dnc', 'mfm', 'fltrust'].map((base) => `nnm∘${base}`),
    ],
    reason: 'Distances tie the coordinates together, and not every rule has a bound.',
  },
  {
    law: 'each coordinate’s error is within (1 + λ/(1−2λ)) of the honest values’ mean distance from their mean',
    rules: ['multi-krum', 'bulyan*', 'nnm∘krum', 'nnm∘multi-krum', 'nnm∘bulyan*'],
    reason: 'Distances tie the coordinates together, and what is trimmed may be honest.',
    rare: true,
  },
  {
    law: 'where the honest vectors agree, the result is theirs',
    rules: [
      ...['mean', 'average-nan', 'rfa', 'centered-clipping', 'dnc', 'cge'].flatMap((rule) => [rule, `*∘${rule}`]),
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
];

/** From the law that non-finite vectors do no harm, which operators keep for the rules below them. */
export const passingExceptions: readonly Exception[] = [
  {
    law: 'non-finite vectors with less than half of the weight don’t make the result non-finite',
    rules: ['mean'],
    reason: 'It lets them through, as a server does that trusts everybody.',
  },
];
