import type { Exception } from './exception-from.js';
import { averaging, measured, pointed, thresholded } from './kinds.js';

/** From laws of where a result lies. */
export const containmentExceptions: readonly Exception[] = [
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
      ...[
        'mean',
        'average-nan',
        'rfa',
        'trmean',
        'meamed',
        'krum*',
        'multi-krum*',
        'mda',
        'smea',
        'centered-clipping',
        'caf',
      ].map((base) => `arc∘${base}`),
      ...['arc∘dnc', 'arc∘mfm', 'arc∘fltrust', 'arc∘phocas', 'arc∘aksel-n-f', 'arc∘monna', 'arc∘cge'],
    ],
    reason: 'Vectors are shortened towards 0 or stretched, the first step begins at 0, or 0 is the result.',
  },
  {
    law: 'the result lies in the vectors’ box',
    rules: ['arc∘gm', 'arc∘aksel', 'arc∘bulyan*'],
    reason: 'Vectors are shortened towards 0.',
    rare: true,
  },
  {
    law: 'the result lies in the vectors’ convex hull',
    rules: [
      ...['cwmed', 'trmean', 'meamed', 'phocas', 'bucketing∘cwmed', ...measured, ...thresholded, ...pointed],
      ...[
        'cwmed',
        'mean',
        'average-nan',
        'rfa',
        'trmean',
        'meamed',
        'mda',
        'smea',
        'centered-clipping',
        'dnc',
        'mfm',
        'fltrust',
      ].map((base) => `arc∘${base}`),
      ...['phocas', 'aksel-n-f', 'monna', 'cge'].map((base) => `arc∘${base}`),
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
    rules: ['bulyan*', 'arc∘bulyan*', 'arc∘aksel', 'bucketing∘phocas'],
    reason: 'Each coordinate may come from other vectors; what is shortened leaves the hull.',
    rare: true,
  },
  {
    law: 'the result lies in the honest vectors’ box',
    rules: [
      ...[
        'mean',
        'average-nan',
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
];
