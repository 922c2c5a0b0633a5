/** Rules whose result grows without bound with what they are given. */
export const unbounded = [
  ...[
    'mean',
    'average-nan',
    'cwmed',
    'gm',
    'rfa',
    'trmean',
    'meamed',
    'krum*',
    'multi-krum*',
    'mda',
    'smea',
    'caf',
    'dnc',
    'mfm',
  ],
  ...['phocas', 'bulyan*', 'aksel*', 'monna', 'cge'],
];

/** Clipping, but over a rule that looks at directions only. */
export const clipped = [...unbounded, 'centered-clipping'].map((base) => `clipping∘${base}`);

/** Rules and operators that know a length: they neither move nor grow with the vectors. */
export const measured = ['centered-clipping', 'nnm∘centered-clipping', 'bucketing∘centered-clipping', ...clipped];
export const thresholded = ['mfm', 'nnm∘mfm', 'bucketing∘mfm'];

/** What looks at lengths that the vectors themselves give it: it grows with them, but doesn't move. */
export const pointed = ['fltrust', 'nnm∘fltrust', 'clipping∘fltrust', 'bucketing∘fltrust'];

/** Those that take the first of several equal choices, which rounding decides where they are only nearly equal. */
export const choosing = ['krum', 'mda', 'smea', 'arc∘krum-byzfl', '*∘krum', '*∘mda', '*∘smea'];

/** Those in which a vector that isn't the heaviest may have a share, or more. */
export const averaging = [
  ...['mean', 'average-nan', 'rfa', 'trmean', 'meamed', 'krum-byzfl', 'multi-krum-byzfl', 'centered-clipping'],
  ...['caf', 'dnc', 'mfm', 'fltrust', 'phocas', 'aksel-n-f', 'monna', 'cge'],
];

/** Bulyan in all forms, alone and below operators. */
export const bulyans = ['bulyan*', '*∘bulyan*'];

/** Those in which distances or lengths tie the coordinates together. */
export const spatial = [
  ...['gm', 'rfa', 'krum*', 'multi-krum*', 'mda', 'smea', 'centered-clipping', 'caf', 'dnc', 'mfm', 'fltrust'],
  ...['bulyan*', 'aksel*', 'monna', 'cge'],
];
