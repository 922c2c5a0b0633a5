/** The product below, one entry at a time: for matrices smaller than a tile. */
const gemmByEntry = (
  rows: number,
  columns: number,
  segments: number,
  length: number,
  a: Float32Array,
  aOffset: number,
  aRow: number,
  aSegment: number,
  aStep: number,
  b: Float32Array,
  bOffset: number,
  bColumn: number,
  bStep: number,
  c: Float32Array,
  cOffset: number,
  cRow: number,
): void => {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      let q = bOffset + j * bColumn;
      for (let s = 0; s < segments; s++) {
        let p = aOffset + i * aRow + s * aSegment;
        for (let k = 0; k < length; k++) {
          sum += a[p]! * b[q]!;
          p += aStep;
          q += bStep;
        }
      }
      c[cOffset + i * cRow + j] = sum;
    }
  }
};

/** The 4 x 3 entries of the product below from c[i][j] on. */
const gemmTile = (
  segments: number,
  length: number,
  a: Float32Array,
  aStart: number,
  aRow: number,
  aSegment: number,
  aStep: number,
  b: Float32Array,
  bStart: number,
  bColumn: number,
  bStep: number,
  c: Float32Array,
  cStart: number,
  cRow: number,
): void => {
  const aRow2 = 2 * aRow;
  const aRow3 = 3 * aRow;
  const bColumn2 = 2 * bColumn;
  let c00 = 0, c01 = 0, c02 = 0; // prettier-ignore
  let c10 = 0, c11 = 0, c12 = 0; // prettier-ignore
  let c20 = 0, c21 = 0, c22 = 0; // prettier-ignore
  let c30 = 0, c31 = 0, c32 = 0; // prettier-ignore
  let q = bStart;
  for (let s = 0; s < segments; s++) {
    let p = aStart + s * aSegment;
    for (let k = 0; k < length; k++) {
      const b0 = b[q]!;
      const b1 = b[q + bColumn]!;
      const b2 = b[q + bColumn2]!;
      const a0 = a[p]!;
      c00 += a0 * b0;
      c01 += a0 * b1;
      c02 += a0 * b2;
      const a1 = a[p + aRow]!;
      c10 += a1 * b0;
      c11 += a1 * b1;
      c12 += a1 * b2;
      const a2 = a[p + aRow2]!;
      c20 += a2 * b0;
      c21 += a2 * b1;
      c22 += a2 * b2;
      const a3 = a[p + aRow3]!;
      c30 += a3 * b0;
      c31 += a3 * b1;
      c32 += a3 * b2;
      p += aStep;
      q += bStep;
    }
  }
  let o = cStart;
  c[o] = c00;
  c[o + 1] = c01;
  c[o + 2] = c02;
  o += cRow;
  c[o] = c10;
  c[o + 1] = c11;
  c[o + 2] = c12;
  o += cRow;
  c[o] = c20;
  c[o + 1] = c21;
  c[o + 2] = c22;
  o += cRow;
  c[o] = c30;
  c[o + 1] = c31;
  c[o + 2] = c32;
};

/**
 * c[i][j] = Σ_{s < segments} Σ_{k < length} a[i·aRow + s·aSegment + k·aStep] · b[j·bColumn + (s·length + k)·bStep],
 * each array from its offset on, c with rows of stride `cRow` and columns side by side.
 *
 * With one segment: every product of matrices, either one transposed. With a segment for each row of a filter and rows of
 * `a` that overlap: a convolution without copying patches (implicit GEMM).
 * Sums are in float64 and in order of s and k, rounded once when stored; `c` overlaps neither factor.
 *
 * Tiles of 4 x 3 keep 12 sums in registers (4 x 4 spills). The last tile is moved back to end at the edge: it computes some
 * entries twice, to the same bits.
 */
export const gemm = (
  rows: number,
  columns: number,
  segments: number,
  length: number,
  a: Float32Array,
  aOffset: number,
  aRow: number,
  aSegment: number,
  aStep: number,
  b: Float32Array,
  bOffset: number,
  bColumn: number,
  bStep: number,
  c: Float32Array,
  cOffset: number,
  cRow: number,
): void => {
  if (rows < 4 || columns < 3) {
    // prettier-ignore
    gemmByEntry(rows, columns, segments, length, a, aOffset, aRow, aSegment, aStep, b, bOffset, bColumn, bStep, c, cOffset, cRow);
    return;
  }
  for (let tileColumn = 0; tileColumn < columns; tileColumn += 3) {
    const j = Math.min(tileColumn, columns - 3);
    const bStart = bOffset + j * bColumn;
    for (let tileRow = 0; tileRow < rows; tileRow += 4) {
      const i = Math.min(tileRow, rows - 4);
      const aStart = aOffset + i * aRow;
      const cStart = cOffset + i * cRow + j;
      // prettier-ignore
      gemmTile(segments, length, a, aStart, aRow, aSegment, aStep, b, bStart, bColumn, bStep, c, cStart, cRow);
    }
  }
};
