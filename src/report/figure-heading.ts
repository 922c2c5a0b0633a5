/** Pixels between a heading and what it stands above, and its size. */
const ABOVE = 9;
const SIZE = 13;

/**
 * A layer that writes a chart's title above its middle. Unlike Vega's own titles, which stand above all that a chart draws, labels
 * of its axes included, those of a row stand at one height.
 */
export const headingLayer = (title: string, width: number) => ({
  data: { values: [{ text: title }] },
  mark: {
    type: 'text' as const,
    fontSize: SIZE,
    fontWeight: 'bold' as const,
    color: '#333333',
    baseline: 'bottom' as const,
  },
  encoding: { x: { value: width / 2 }, y: { value: -ABOVE }, text: { field: 'text' } },
});
