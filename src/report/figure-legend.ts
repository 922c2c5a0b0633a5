import { type CurveStyle, styleChannels } from './curve-style.js';
import { textWidth } from './text-width.js';

const SAMPLE = 30;
const GAP = 6;
const BETWEEN = 18;
const ROW = 16;

/**
 * The legend as a chart of its own: a piece of each line with its marker, or what `drawn` says of both, then its name. In one row where `width`
 * pixels are enough, else in columns, filled row by row.
 */
export const legendSpec = (
  names: readonly string[],
  styles: readonly CurveStyle[],
  width: number,
  fontSize: number,
  drawn: (index: number) => { readonly line: boolean; readonly marker: boolean } = () => ({ line: true, marker: true }),
) => {
  const rooms = names.map((name) => SAMPLE + GAP + textWidth(name, fontSize) + BETWEEN);
  const total = rooms.reduce((a, b) => a + b, 0) - BETWEEN;
  const widest = Math.max(...rooms);
  const columns = total <= width ? names.length : Math.max(1, Math.floor((width + BETWEEN) / widest));
  const columnLefts = rooms.map((_, column) =>
    total <= width ? rooms.slice(0, column).reduce((a, b) => a + b, 0) : column * widest,
  );
  const entries = names.map((name, index) => {
    const left = columnLefts[index % columns]!;
    const right = left + SAMPLE;
    const y = ROW * (Math.floor(index / columns) + 0.5);
    const { markerSize } = styles[index]!;
    const { line, marker: marked } = drawn(index);
    const places = { left, middle: left + SAMPLE / 2, right, text: right + GAP, y };
    return { curve: String(index), name, ...places, markerSize, line, marked };
  });
  const { colour, dash, marker, markerSize } = styleChannels(styles);
  const place = (field: string) => ({ field, type: 'quantitative' as const, scale: null, axis: null });
  return {
    width: total <= width ? total : columns * widest - BETWEEN,
    height: ROW * Math.ceil(names.length / columns),
    data: { values: entries },
    encoding: { y: place('y') },
    layer: [
      {
        transform: [{ filter: 'datum.line' }],
        mark: { type: 'rule' as const, strokeWidth: 1.6 },
        encoding: { x: place('left'), x2: { field: 'right' }, color: colour, strokeDash: dash },
      },
      {
        transform: [{ filter: 'datum.marked' }],
        mark: { type: 'point' as const, filled: true, opacity: 1, stroke: 'white', strokeWidth: 0.6 },
        encoding: { x: place('middle'), fill: colour, shape: marker, size: markerSize },
      },
      {
        mark: {
          type: 'text' as const,
          align: 'left' as const,
          baseline: 'middle' as const,
          fontSize,
          color: '#333333',
        },
        encoding: { x: place('text'), text: { field: 'name' } },
      },
    ],
  };
};
