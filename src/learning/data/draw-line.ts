/**
 * Draws a line x₀, y₀, x₁, y₁, … (pixels; pixel (row, column) has its middle at x = column + 1/2, y = row + 1/2) with a round
 * pen onto a `side` × `side` image of ink from 0 to 1, rows first. Ink at distance δ from the line is clamp(radius + 1/2 − δ),
 * and crossing strokes keep the darker ink. The pen's radius goes evenly from `startRadius` to `endRadius`, in pixels.
 */
export const drawLine = (
  line: Float64Array,
  startRadius: number,
  endRadius: number,
  side: number,
  image: Float64Array,
): void => {
  const pieces = line.length / 2 - 1;
  for (let i = 0; i < pieces; i++) {
    const radius = startRadius + ((endRadius - startRadius) * i) / pieces;
    drawSegment(line[2 * i]!, line[2 * i + 1]!, line[2 * i + 2]!, line[2 * i + 3]!, radius, side, image);
  }
};

const drawSegment = (
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  radius: number,
  side: number,
  image: Float64Array,
): void => {
  const reach = radius + 0.5;
  const [dx, dy] = [x1 - x0, y1 - y0];
  const squaredLength = dx * dx + dy * dy;
  const firstRow = Math.max(0, Math.floor(Math.min(y0, y1) - reach));
  const lastRow = Math.min(side - 1, Math.floor(Math.max(y0, y1) + reach));
  const firstColumn = Math.max(0, Math.floor(Math.min(x0, x1) - reach));
  const lastColumn = Math.min(side - 1, Math.floor(Math.max(x0, x1) + reach));
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const px = column + 0.5 - x0;
      const py = row + 0.5 - y0;
      const along = squaredLength === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / squaredLength));
      const ex = px - along * dx;
      const ey = py - along * dy;
      const ink = Math.min(1, reach - Math.sqrt(ex * ex + ey * ey));
      const index = row * side + column;
      if (ink > image[index]!) image[index] = ink;
    }
  }
};
