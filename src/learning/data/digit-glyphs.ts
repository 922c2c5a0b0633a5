/** Control points x₀, y₀, x₁, y₁, … that one smooth curve runs through; y points down, a digit is 2 units high around (0, 0). */
export type Arc = readonly number[];

/** One stroke of the pen: arcs joined at corners, each starting where the one before it ends; only the first gives its start. */
export type Stroke = readonly Arc[];

/** One way of writing a digit. */
export type Glyph = readonly Stroke[];

const zero: readonly Glyph[] = [
  // An oval from the top, against the clock.
  [[[0.05, -1, -0.4, -0.65, -0.55, 0, -0.42, 0.65, 0, 1, 0.42, 0.65, 0.55, 0, 0.42, -0.65, 0.02, -1]]],
  // Slanted, its ends crossing at the top.
  [[[0.28, -0.92, -0.25, -0.8, -0.55, 0, -0.32, 0.8, 0.12, 0.97, 0.5, 0.4, 0.5, -0.4, 0.12, -0.97, -0.2, -0.8]]],
];

const one: readonly Glyph[] = [
  // A bare stem.
  [[[0.03, -1, 0, 0, -0.03, 1]]],
  // With a flag.
  [
    [
      [-0.3, -0.6, 0.05, -1],
      [0.03, 0, 0.05, 1],
    ],
  ],
  // With a flag and a foot.
  [
    [
      [-0.3, -0.6, 0.03, -1],
      [0.03, 0, 0.03, 1],
    ],
    [[-0.42, 1, 0.02, 0.98, 0.45, 1]],
  ],
];

const two: readonly Glyph[] = [
  // A corner at the bottom left.
  [
    [
      [-0.5, -0.55, -0.2, -0.95, 0.28, -0.9, 0.48, -0.5, 0.22, 0.05, -0.15, 0.5, -0.55, 0.95],
      [0.05, 0.92, 0.6, 0.95],
    ],
  ],
  // A loop at the bottom left.
  [
    [
      [
        -0.48, -0.55, -0.08, -0.98, 0.4, -0.7, 0.3, -0.1, -0.1, 0.55, -0.42, 0.9, -0.58, 0.7, -0.3, 0.62, 0.1, 0.88,
        0.6, 0.85,
      ],
    ],
  ],
];

const three: readonly Glyph[] = [
  // Two bowls that meet in a point.
  [
    [
      [-0.5, -0.72, -0.08, -1, 0.4, -0.72, 0.28, -0.25, -0.12, -0.06],
      [0.35, 0.05, 0.52, 0.45, 0.25, 0.9, -0.18, 1, -0.55, 0.75],
    ],
  ],
  // A flat top.
  [
    [
      [-0.48, -0.95, 0.45, -0.95],
      [-0.05, -0.22],
      [0.38, 0.02, 0.5, 0.48, 0.15, 0.95, -0.5, 0.82],
    ],
  ],
];

const four: readonly Glyph[] = [
  // Open, of three straight lines.
  [
    [
      [-0.38, -0.95, -0.48, -0.4, -0.55, 0.12],
      [0, 0.1, 0.55, 0.08],
    ],
    [[0.33, -0.9, 0.3, 0.1, 0.27, 1]],
  ],
  // Closed.
  [
    [
      [0.28, -1, -0.15, -0.35, -0.58, 0.3],
      [0, 0.3, 0.6, 0.28],
    ],
    [[0.28, -1, 0.26, 0, 0.24, 1]],
  ],
  // Open, of a cup and a stem.
  [[[-0.45, -0.9, -0.52, -0.3, -0.3, 0.05, 0.1, 0, 0.4, -0.2]], [[0.42, -0.92, 0.4, 0, 0.36, 1]]],
];

const five: readonly Glyph[] = [
  // The roof written last.
  [
    [
      [-0.35, -0.95, -0.42, -0.12],
      [0.1, -0.28, 0.48, 0.12, 0.42, 0.65, -0.02, 1, -0.52, 0.8],
    ],
    [[-0.35, -0.95, 0.1, -0.95, 0.52, -0.98]],
  ],
  // Without lifting the pen.
  [
    [
      [0.5, -0.95, -0.32, -0.92],
      [-0.42, -0.1],
      [0.15, -0.25, 0.5, 0.2, 0.32, 0.8, -0.1, 0.98, -0.5, 0.85],
    ],
  ],
  // All curves, nearly an S.
  [[[0.5, -0.9, -0.08, -0.93, -0.4, -0.55, -0.05, -0.18, 0.4, 0.2, 0.38, 0.75, -0.05, 1, -0.5, 0.85]]],
];

const six: readonly Glyph[] = [
  // A curved back.
  [[[0.38, -0.95, -0.15, -0.65, -0.5, 0.05, -0.4, 0.75, 0.05, 1, 0.45, 0.7, 0.38, 0.2, 0, 0.02, -0.42, 0.4]]],
  // A straight back.
  [[[0.18, -1, -0.25, -0.3, -0.47, 0.4, -0.15, 0.97, 0.32, 0.85, 0.4, 0.35, 0, 0.18, -0.42, 0.6]]],
];

const seven: readonly Glyph[] = [
  // Plain.
  [
    [
      [-0.5, -0.9, 0, -0.92, 0.5, -0.92],
      [0.12, 0, -0.12, 1],
    ],
  ],
  // With a bar.
  [
    [
      [-0.5, -0.9, 0, -0.92, 0.5, -0.92],
      [0.15, 0, -0.08, 1],
    ],
    [[-0.28, 0.05, 0.45, 0]],
  ],
  // With a serif.
  [
    [
      [-0.48, -0.55, -0.46, -0.92],
      [0.5, -0.9],
      [0.2, 0.1, 0.02, 1],
    ],
  ],
];

const eight: readonly Glyph[] = [
  // One stroke that crosses itself.
  [[[0.4, -0.72, 0, -1, -0.42, -0.65, -0.05, -0.12, 0.42, 0.45, 0.02, 1, -0.45, 0.5, 0, -0.08, 0.4, -0.5, 0.36, -0.8]]],
  // Two circles.
  [
    [[0, -0.98, -0.38, -0.55, 0, -0.1, 0.38, -0.55, 0.02, -0.98]],
    [[0, -0.08, -0.47, 0.45, 0, 1, 0.47, 0.45, 0.03, -0.06]],
  ],
];

const nine: readonly Glyph[] = [
  // A straight stem.
  [
    [
      [0.42, -0.65, 0.08, -1, -0.42, -0.7, -0.35, -0.2, 0.1, -0.12, 0.42, -0.65],
      [0.36, 0.2, 0.3, 1],
    ],
  ],
  // A hooked tail.
  [
    [
      [0.42, -0.7, 0.02, -0.98, -0.42, -0.62, -0.28, -0.12, 0.15, -0.15, 0.42, -0.7],
      [0.46, 0.15, 0.22, 0.85, -0.15, 0.98, -0.42, 0.75],
    ],
  ],
];

/** The ways of writing each digit, by digit. */
export const digitGlyphs: readonly (readonly Glyph[])[] = [zero, one, two, three, four, five, six, seven, eight, nine];
