import type { Exception } from './exception-from.js';
import { bulyans, choosing, clipped, measured, pointed, spatial, thresholded } from './kinds.js';

/** From laws of how a result moves with vectors and weights. */
export const structureExceptions: readonly Exception[] = [
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
    law: 'only the weights’ proportions matter',
    rules: ['nnm∘bulyan*'],
    reason: 'Of means that are equally good it takes the first; rounding decides which are.',
    rare: true,
  },
  {
    law: 'translated vectors give the translated result',
    rules: ['cge', 'ctma∘cge', 'nnm∘cge', 'bucketing∘cge'],
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
    rules: ['bucketing∘bulyan*'],
    reason: 'Bulyan sees so few buckets that it is their mean, but for many workers.',
    rare: true,
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
    rules: ['bucketing∘bulyan*'],
    reason: 'Bulyan sees so few buckets that it is their mean, but for many workers.',
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
    rules: ['bucketing∘bulyan*'],
    reason: 'Bulyan sees so few buckets that it is their mean, but for many workers.',
    rare: true,
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
