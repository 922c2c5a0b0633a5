/** How a curve is told from its neighbours: by colour, and for those who see or print none, by dashes and marker. */
export interface CurveStyle {
  readonly colour: string;
  /** Lengths of dash and gap in pixels; [1, 0] is a full line. */
  readonly dash: readonly number[];
  readonly marker: string;
  /** Area that makes the marker look as large as the others, in square pixels. */
  readonly markerSize: number;
}

/** Okabe & Ito's palette (2008), safe for the common colour-vision deficiencies, without its yellow, too pale for lines on white. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'];
const DASHES = [
  [1, 0],
  [6, 2],
  [2, 2],
  [8, 2, 2, 2],
];
const MARKERS = [
  { marker: 'circle', markerSize: 36 },
  { marker: 'square', markerSize: 32 },
  { marker: 'triangle-up', markerSize: 58 },
  { marker: 'diamond', markerSize: 58 },
  { marker: 'cross', markerSize: 48 },
] as const;

/** The style of the curve with that index, from 0. No two of the first 140 are equal; neighbours differ in all three ways. */
export const curveStyle = (index: number): CurveStyle => ({
  colour: COLOURS[index % COLOURS.length]!,
  dash: DASHES[index % DASHES.length]!,
  ...MARKERS[index % MARKERS.length]!,
});

/** Vega-Lite's encodings by style of a field `curve`, which holds curves' indices as text, and of a field `markerSize`. */
export const styleChannels = (styles: readonly CurveStyle[]) => {
  const channel = <T>(range: readonly T[]) => ({
    field: 'curve',
    type: 'nominal' as const,
    scale: { domain: styles.map((_, index) => String(index)), range: [...range] },
    legend: null,
  });
  return {
    colour: channel(styles.map(({ colour }) => colour)),
    dash: channel(styles.map(({ dash }) => [...dash])),
    marker: channel(styles.map(({ marker }) => marker)),
    // Not a scale: vega-lite warns of sizes by category.
    markerSize: { field: 'markerSize', type: 'quantitative' as const, scale: null, legend: null },
  };
};
