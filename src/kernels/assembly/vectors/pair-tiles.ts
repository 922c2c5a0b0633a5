// Sums over all pairs of rows of one block in scratch memory, tile by tile: products of float32 numbers, or squares of
// differences of float64 ones.
//
// A block has WIDTH bytes of each row, one row after the other, and zeros for the rows that are missing to a multiple
// of four. Four rows at a time are paired among themselves, which makes 10 sums of products, or 6 of squares, of which
// there are none of a row with itself; then with the later rows, two at a time, which makes 8 sums, the last one alone
// 4. In this order, row by row in each tile, the sums are float64 numbers in scratch memory. More than 8 sums at a time
// of 4 × 2 rows don't fit in 16 registers.

/** Bytes of a row in a block. */
export const WIDTH: usize = 512;

/** Adds the block's part of all sums for `count` rows. */
export function addTiles<L>(block: usize, count: i32, sums: usize): void {
  const end = block + <usize>count * WIDTH;
  for (let a = block; a < end; a += 4 * WIDTH) {
    addFour<L>(a, sums);
    sums += sizeof<L>() == 4 ? 80 : 48;
    let b = a + 4 * WIDTH;
    for (; b + WIDTH < end; b += 2 * WIDTH) {
      addFourByTwo<L>(a, b, sums);
      sums += 64;
    }
    if (b < end) {
      addFourByOne<L>(a, b, sums);
      sums += 32;
    }
  }
}

/** a·b of float32 numbers, (a − b)² of float64 ones. */
@inline
function term<L>(a: v128, b: v128): v128 {
  if (sizeof<L>() == 4) return v128.mul<L>(a, b);
  const difference = v128.sub<L>(a, b);
  return v128.mul<L>(difference, difference);
}

/** Adds the sums of all lanes of `a` and `b`, in float64, to the pair at `sums`. */
@inline
function addPair<L>(sums: usize, a: v128, b: v128): void {
  let low: v128;
  let high: v128;
  if (sizeof<L>() == 4) {
    const both = f32x4.add(i32x4.shuffle(a, b, 0, 4, 1, 5), i32x4.shuffle(a, b, 2, 6, 3, 7));
    low = f64x2.promote_low_f32x4(both);
    high = f64x2.promote_low_f32x4(i32x4.shuffle(both, both, 2, 3, 2, 3));
  } else {
    low = i64x2.shuffle(a, b, 0, 2);
    high = i64x2.shuffle(a, b, 1, 3);
  }
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.add(low, high)));
}

/** Four rows among themselves. */
function addFour<L>(a: usize, sums: usize): void {
  let s00 = v128.splat<L>(0);
  let s01 = s00;
  let s02 = s00;
  let s03 = s00;
  let s11 = s00;
  let s12 = s00;
  let s13 = s00;
  let s22 = s00;
  let s23 = s00;
  let s33 = s00;
  for (const end = a + WIDTH; a < end; a += 16) {
    const x0 = v128.load(a);
    const x1 = v128.load(a, 512);
    const x2 = v128.load(a, 1024);
    const x3 = v128.load(a, 1536);
    s01 = v128.add<L>(s01, term<L>(x0, x1));
    s02 = v128.add<L>(s02, term<L>(x0, x2));
    s03 = v128.add<L>(s03, term<L>(x0, x3));
    s12 = v128.add<L>(s12, term<L>(x1, x2));
    s13 = v128.add<L>(s13, term<L>(x1, x3));
    s23 = v128.add<L>(s23, term<L>(x2, x3));
    if (sizeof<L>() == 4) {
      s00 = v128.add<L>(s00, term<L>(x0, x0));
      s11 = v128.add<L>(s11, term<L>(x1, x1));
      s22 = v128.add<L>(s22, term<L>(x2, x2));
      s33 = v128.add<L>(s33, term<L>(x3, x3));
    }
  }
  if (sizeof<L>() == 4) {
    addPair<L>(sums, s00, s01);
    addPair<L>(sums + 16, s02, s03);
    addPair<L>(sums + 32, s11, s12);
    addPair<L>(sums + 48, s13, s22);
    addPair<L>(sums + 64, s23, s33);
  } else {
    addPair<L>(sums, s01, s02);
    addPair<L>(sums + 16, s03, s12);
    addPair<L>(sums + 32, s13, s23);
  }
}

function addFourByTwo<L>(a: usize, b: usize, sums: usize): void {
  let s00 = v128.splat<L>(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  for (const end = a + WIDTH; a < end; a += 16) {
    const y0 = v128.load(b);
    const y1 = v128.load(b, 512);
    let x = v128.load(a);
    s00 = v128.add<L>(s00, term<L>(x, y0));
    s01 = v128.add<L>(s01, term<L>(x, y1));
    x = v128.load(a, 512);
    s10 = v128.add<L>(s10, term<L>(x, y0));
    s11 = v128.add<L>(s11, term<L>(x, y1));
    x = v128.load(a, 1024);
    s20 = v128.add<L>(s20, term<L>(x, y0));
    s21 = v128.add<L>(s21, term<L>(x, y1));
    x = v128.load(a, 1536);
    s30 = v128.add<L>(s30, term<L>(x, y0));
    s31 = v128.add<L>(s31, term<L>(x, y1));
    b += 16;
  }
  addPair<L>(sums, s00, s01);
  addPair<L>(sums + 16, s10, s11);
  addPair<L>(sums + 32, s20, s21);
  addPair<L>(sums + 48, s30, s31);
}

function addFourByOne<L>(a: usize, b: usize, sums: usize): void {
  let s0 = v128.splat<L>(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (const end = a + WIDTH; a < end; a += 16) {
    const y = v128.load(b);
    s0 = v128.add<L>(s0, term<L>(v128.load(a), y));
    s1 = v128.add<L>(s1, term<L>(v128.load(a, 512), y));
    s2 = v128.add<L>(s2, term<L>(v128.load(a, 1024), y));
    s3 = v128.add<L>(s3, term<L>(v128.load(a, 1536), y));
    b += 16;
  }
  addPair<L>(sums, s0, s1);
  addPair<L>(sums + 16, s2, s3);
}
