/** The 4 x 8 entries of the product below that begin at `c`; `aStep` isn't 0. */
@inline
export function tile4x8(
  depth: usize, a: usize, aRow: usize, aStep: usize, b: usize, bRow: usize, c: usize, cRow: usize
): void {
  let c00 = f32x4.splat(0), c01 = c00;
  let c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00;
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  for (const end = a + depth * aStep; a != end; a += aStep) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a3);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    b += bRow;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cRow;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += cRow;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += cRow;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

/** The 1 x 8 entries that begin at `c`. */
function tile1x8(depth: usize, a: usize, aStep: usize, b: usize, bRow: usize, c: usize): void {
  let c0 = f32x4.splat(0);
  let c1 = c0;
  for (; depth > 0; depth--) {
    const x = v128.load32_splat(a);
    c0 = f32x4.add(c0, f32x4.mul(x, v128.load(b)));
    c1 = f32x4.add(c1, f32x4.mul(x, v128.load(b, 16)));
    a += aStep;
    b += bRow;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
}

/** One entry. */
function entry(depth: usize, a: usize, aStep: usize, b: usize, bRow: usize, c: usize): void {
  let sum: f32 = 0;
  for (; depth > 0; depth--) {
    sum += load<f32>(a) * load<f32>(b);
    a += aStep;
    b += bRow;
  }
  store<f32>(c, sum);
}

/** The 8 columns that begin at `b` and `c`. The last tile is moved back to end at the edge: the same bits twice. */
function columns8(
  rows: usize,
  depth: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
): void {
  if (rows < 4) {
    for (let i: usize = 0; i < rows; i++) tile1x8(depth, a + i * aRow, aStep, b, bRow, c + i * cRow);
    return;
  }
  for (let i: usize = 0; i < rows; i += 4) {
    const row: usize = min(i, rows - 4);
    tile4x8(depth, a + row * aRow, aRow, aStep, b, bRow, c + row * cRow, cRow);
  }
}

/**
 * c[i][j] = Σ_{k < depth} a[i·aRow + k·aStep] · b[k·bRow + j], float32, strides in bytes, columns of b and c side by side: every
 * product of matrices whose right factor isn't transposed. Sums in order of k, rounded at each step; `c` overlaps no factor.
 */
export function multiply(
  rows: usize,
  columns: usize,
  depth: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
): void {
  if (columns < 8) {
    for (let i: usize = 0; i < rows; i++) {
      for (let j: usize = 0; j < columns; j++) {
        entry(depth, a + i * aRow, aStep, b + 4 * j, bRow, c + i * cRow + 4 * j);
      }
    }
    return;
  }
  for (let j: usize = 0; j < columns; j += 8) {
    const column: usize = 4 * min(j, columns - 8);
    columns8(rows, depth, a, aRow, aStep, b + column, bRow, c + column, cRow);
  }
}
